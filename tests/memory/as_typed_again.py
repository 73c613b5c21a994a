"""A hundred and more remarks written once the rules stood, and before they had seen them: the second measure.

In the same form as `as_typed`.
"""

from tests.memory.as_typed import Fact, read

STATING = """
hey so i moved to leipzig in august => lives_in=leipzig
We live in a tiny flat in Hackney => lives_in=a tiny flat in Hackney
After the divorce I moved back to Ohio => lives_in=Ohio
I've been living in Seoul since 2021. => lives_in=Seoul
my parents live in Graz => -
I'm originally from Ghana but I live in Bristol now => from=Ghana; lives_in=Bristol
we're from a village near Krakow => from=a village near Krakow
i turned 19 last week!! => age=19
im 42 and single => age=42; status=single
I'm Portuguese => -
Name's Oscar btw => name=Oscar
my names lena => name=lena
People call me Bea. => nickname=Bea
I am a paramedic and I work nights. => works_as=a paramedic
I'm a high school teacher => works_as=a high school teacher
I work as a freelance illustrator => works_as=a freelance illustrator
I teach maths => -
I work in marketing => works_as=in marketing
I've been working at Ikea for two years => works_at=Ikea
I no longer work at Lidl => works_at=Lidl ~over
Yesterday I quit my job at the bakery. => works_at=the bakery ~over
got a job as a barista! => works_as=a barista
I was a lawyer before I had kids => works_as=a lawyer ~over
I started at Airbus in January. => works_at=Airbus
I retired in 2020 => did=retired
I'm retired => status=retired
I study computer science => studies=computer science
I'm studying at Uppsala University => studies_at=Uppsala University
I graduated from Cornell in 2012 => studies_at=Cornell ~over
I'm learning to drive => learns=to drive
I'm taking piano lessons => learns=piano
I'm allergic to penicillin, just so you know. => allergic_to=penicillin
My son is allergic to eggs => my son.allergic_to=eggs
I have celiac disease => has_health=celiac disease
my mum has dementia => my mum.has_health=dementia
I've had migraines since I was a teenager => -
I'm taking metformin => takes=metformin
i came off antidepressants in june => takes=antidepressants ~over
I went vegan in January => eats=vegan
My wife is vegetarian. => my wife.eats=vegetarian
I love the sea => likes=the sea
i loooove sushi => -
I adore Nina Simone => likes=Nina Simone
I don't like horror movies. => dislikes=horror movies
can't stand jazz => -
My sister hates running => my sister.dislikes=running
I used to love swimming => likes=swimming ~over
My favourite season is autumn. => favourite:season=autumn
Ana's favourite author is Ursula Le Guin => Ana.favourite:author=Ursula Le Guin
I play the cello in an orchestra => plays=the cello
I've played chess for years => plays=chess
My brother plays football => my brother.plays=football
I swim twice a week => habit=swim twice a week
I usually have breakfast at ten => habit=have breakfast at ten
I gave up drinking in 2018 => habit=drinking ~over
I've started meditating => habit=meditating
I'm an atheist => other=atheist
I'm scared of needles => fears=needles
I want to become a doctor => wants=to become a doctor
I'd love to visit Iceland => wants=to visit Iceland
I want to have kids one day => wants=to have kids
We're moving to Leeds next month. => plans=moving to Leeds
I'm going to Tokyo in April => plans=going to Tokyo
I'm having my wisdom teeth out on Monday => plans=having my wisdom teeth out
I have a job interview tomorrow => plans=a job interview
I'm gonna propose to her on Friday => -
my sister is getting married in september => my sister.plans=getting married
I'd rather not talk about work stress => boundary=work stress
can we not talk about my ex. => boundary=my ex
Never mention the wedding again => boundary=the wedding
My brother Luis lives in Malaga and works as a chef => Luis.is_your=brother; Luis.lives_in=Malaga; Luis.works_as=a chef
my best friend is called Aisha => Aisha.is_your=best friend
Our dog Pepper is 12 => Pepper.is_your=dog; Pepper.age=12
I have two cats called Salt and Vinegar. => Salt.is_your=cat; Vinegar.is_your=cat
I have a brother. His name is Theo. => my brother.is_your=brother; Theo.is_your=brother
My boss Karen is pregnant => Karen.is_your=boss; Karen.status=pregnant
Julia is my ex-girlfriend => Julia.is_your=ex-girlfriend
Paul, my neighbour, plays the trumpet => Paul.is_your=neighbour; Paul.plays=the trumpet
My dad died in 2016. => my dad.did=died
my gf works at a hospital => my gf.works_at=a hospital
My mom's a dentist => my mom.works_as=a dentist
my cousin moved to Canada last year => my cousin.lives_in=Canada
My daughter's 4 => my daughter.age=4
Ana moved to Faro. => Ana.lives_in=Faro
I'm seeing a therapist => -
I live with my parents => lives_with=my parents
I moved in with Tom => -
I got a puppy yesterday! => owns=a puppy
I have a car => owns=a car
I broke my wrist last month => did=broke my wrist
I passed my driving test on Tuesday => did=passed my driving test
I had a miscarriage in May => did=had a miscarriage
I lost my job => did=lost my job
No, I'm a vet, not a doctor => works_as=a vet ~mends
sorry, it's Leonie not Leona => Leona.name=Leonie ~mends
I live in York, not in Leeds. => lives_in=York ~mends
my birthday is 9 May 1990 => born=9 May 1990
I was born on the 2nd of June 1975 => born=2nd of June 1975
I speak French, Arabic and English => speaks=French; speaks=Arabic; speaks=English
"""

SILENT = """
I could live in Rome forever
I live in the moment
I live and breathe football
I'm a bit of a nurse to him
I'm a good listener
I'm a terrible cook
I'm a morning person
I'm a mother of two and exhausted
I'm 90% done
I'm 3rd in line
I'm 15 minutes early
I'm on page 40
I have 3 meetings today
I moved my appointment to Friday
I moved to the front row
We moved to a different table
I work at night
I work for free
I'm working from home
I start at nine
I started at the beginning
I got a call at work
I quit
I left work early
I'm studying tonight
I study best in the morning
I'm learning a lot from you
I'm learning to live with it
I'm allergic to mornings lol
I have cancer in my horoscope lol jk
I have a cold
I take two sugars
I'm on it
I'm on a break
I'm on drugs just kidding
I love this song
I love how you say that
I love my new haircut
I like that idea
I like you
I hate that
I hate when that happens
I hate to say it
My favourite part is the ending
I play a lot of things by ear
I go there every day
I usually don't care
I always cry at weddings
I stopped listening
I believe that's right
I believe in you
I'm afraid of losing him
I'm scared of what comes next
I want you to know something
I want to cry
I want to go home
I want to know more
I'd love to hear it
I'm going to the dentist
I'm going to be sick
I'm getting tired
I'm moving on
Let's talk about my sister
don't talk about it
My sister Ana is great
My sister is a pain in the neck
my brother is at the gym
My mom thinks I'm vegan
my boss told me I'm fired
Ana says she lives in Porto
Did you know my sister lives in Porto?
if my sister lived in Porto I'd visit
I hope my sister moves to Porto
I wish I was a doctor
Maybe I'm allergic to nuts
I might be pregnant
I think I'm pregnant
I thought I was pregnant
I'm not pregnant
I'm not allergic to anything
I don't have a dog
I don't live in Rome
I don't work at Google
My sister doesn't live here
Pretend I'm a pirate
In the game I'm a blacksmith
I'm reading a book about a nurse who lives in Oslo
We watched a film where he plays the piano
The lyrics go: I live in a van down by the river
"I'm 25 and I work at Nasa", he wrote
He goes like "I live in Rome"
Tom: I'm a vegan now
From: tom@example.com
[12:04] Ana: I moved to Berlin
Dear diary, hello
London calling
Everyone in Berlin is cold
A friend of a friend works at Google
Some people live in vans
Nobody lives in Antarctica
Your favourite colour is blue, right?
You live in Lisbon
He is 34
She's a nurse
They moved to Rome
It's Friday
It lives in the sea
My phone died
My battery died
My plants died
My car broke down
my heart is broken
my head is killing me
My dog ate my homework
Miso is asleep
Rome is beautiful
Happy birthday to me
Twenty years ago today
the 3rd of March
not much
i'm good wbu
same here
"""


def cases() -> list[tuple[str, list[Fact]]]:
    return read(STATING, SILENT)
