"""The nouns by which a plain sentence can be trusted: relations, animals, trades, conditions, languages, first names.

English tables only, short by intent: what is not in them is missed, and a missed fact costs little. It does not know
the sentences they stand in (`phrasings` does).
"""

import re


def each(words: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words.split())


def either(words: frozenset[str]) -> str:
    """As part of a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


SHE = each(
    """mother mom mum mama mommy mummy sister sis daughter wife girlfriend gf fiancée grandmother grandma gran granny
    nana aunt auntie niece stepmother stepmom stepsister stepdaughter mother-in-law sister-in-law daughter-in-law
    ex-wife ex-girlfriend godmother landlady girl goddaughter granddaughter"""
)
HE = each(
    """father dad daddy papa brother bro son husband hubby boyfriend bf fiancé grandfather grandpa grandad granddad
    uncle nephew stepfather stepdad stepbrother stepson father-in-law brother-in-law son-in-law ex-husband ex-boyfriend
    godfather godson grandson"""
)
ANYONE = each(
    """kid child baby twin partner fiance fiancee ex cousin friend bestie bff boss manager colleague coworker co-worker
    workmate roommate flatmate housemate neighbour neighbor landlord teacher therapist doctor dentist supervisor coach
    tutor mentor assistant classmate crush spouse grandchild godchild stepchild psychiatrist professor"""
)
PETS = each(
    """dog cat puppy pup kitten kitty hamster rabbit bunny parrot horse pony guinea_pig goldfish turtle tortoise snake
    lizard gecko budgie canary ferret rat hedgehog chinchilla donkey"""
)
RELATIONS = SHE | HE | ANYONE
MODIFIERS = each(
    """older younger little big baby elder oldest youngest eldest twin half step best old new closest dear lovely late
    former ex other eldest middle first second good beloved"""
)
TRADES = each(
    """nurse doctor teacher engineer developer programmer translator interpreter carpenter bartender barista waiter
    waitress chef cook baker butcher farmer gardener florist lawyer solicitor barrister judge paralegal accountant
    bookkeeper auditor banker analyst consultant manager designer illustrator architect artist painter sculptor
    photographer filmmaker director producer editor journalist reporter writer author novelist poet copywriter
    musician pianist violinist singer composer conductor dancer actor actress comedian librarian archivist curator
    historian scientist biologist chemist physicist mathematician geologist astronomer researcher professor lecturer
    tutor student psychologist psychiatrist therapist counsellor counselor physiotherapist midwife paramedic surgeon
    dentist pharmacist optician vet veterinarian radiologist cardiologist paediatrician pediatrician dermatologist
    electrician plumber mechanic welder builder bricklayer roofer joiner locksmith tailor seamstress hairdresser
    barber beautician cleaner janitor housekeeper nanny babysitter caretaker carer caregiver driver trucker courier
    postman mailman pilot steward stewardess sailor captain fisherman soldier officer policeman policewoman cop
    detective firefighter fireman lifeguard security_guard receptionist secretary clerk cashier salesman saleswoman
    salesperson realtor broker trader economist statistician politician diplomat priest pastor rabbi imam monk nun
    technician operator administrator sysadmin tester scientist recruiter coordinator strategist specialist officer
    planner surveyor stonemason potter jeweller jeweler blacksmith beekeeper brewer winemaker sommelier bouncer dj
    coach trainer referee athlete jockey ranger zookeeper groomer tattooist freelancer intern apprentice trainee
    entrepreneur founder ceo cto cfo principal headmaster dean electrician machinist warehouse_worker social_worker
    factory_worker office_worker guide tuner optician optometrist editor adviser advisor barista physio paralegal
    hygienist analyst instructor bookseller technologist dietitian dietician nutritionist stylist florist choreographer
    draughtsman concierge porter cartographer animator auditor bookkeeper undertaker illustrator upholsterer
    glazier plasterer carpenter decorator landscaper arborist beautician masseuse masseur osteopath chiropractor
    interpreter proofreader playwright screenwriter signaller dispatcher conductor civil_servant flight_attendant train_driver bus_driver taxi_driver stay-at-home_mom
    stay-at-home_dad housewife personal_assistant data_scientist ux_designer project_manager product_manager"""
)
NO_TRADE_OF = each(
    """good bad great terrible lousy horrible better worse best big huge bit total real fucking shit shitty decent
    amazing natural born frustrated secret wannabe aspiring would-be failed future terrible awful slow fast careful
    nervous such of the for to with in on from at very pretty same different former ex fake wonderful lovely fellow
    huge hopeless budding backseat back-seat bad-ass messy picky crap rubbish glorified so-called damn wake dream"""
)
"""Before a trade they say how well, not what: "I'm a terrible cook"."""
FIELDS = each(
    """finance marketing it tech advertising sales healthcare education hr logistics construction hospitality retail
    publishing insurance banking research consulting accounting politics journalism real_estate tourism fashion
    film television tv media pr law gaming biotech agriculture software cybersecurity human_resources"""
)
WORKPLACES = each(
    """post_office railway railways council city_council government police army navy un eu bbc nhs embassy ministry airport port zoo newspaper radio
    station town_hall court church company firm agency docks brewery mine phone_shop bakery hospital library school bank restaurant lab laboratory shop store bookshop bookstore café cafe coffee_shop
    kindergarten hotel warehouse factory museum gallery theatre theater nursery clinic pharmacy bar pub supermarket
    call_centre call_center nursing_home university garage kitchen law_firm startup start-up daycare hospice studio"""
)
SUBJECTS = each(
    """medicine law physics chemistry biology mathematics maths math history philosophy literature english french
    german spanish economics psychology sociology anthropology archaeology engineering architecture computer_science
    art_history art design graphic_design music theology politics political_science international_relations geography
    geology linguistics nursing pharmacy dentistry business accounting finance marketing journalism education
    statistics astronomy veterinary_medicine nutrition film fashion agriculture forestry social_work data_science
    mechanical_engineering electrical_engineering civil_engineering software_engineering biochemistry neuroscience
    environmental_science criminology translation acting photography fine_arts japanese chinese russian italian"""
)
LANGUAGES = each(
    """english french german spanish portuguese italian dutch polish russian ukrainian czech slovak hungarian romanian
    bulgarian serbian croatian greek turkish arabic hebrew persian farsi hindi urdu bengali punjabi tamil mandarin
    chinese cantonese japanese korean vietnamese thai indonesian swedish norwegian danish finnish icelandic estonian
    latvian lithuanian irish welsh catalan basque galician swahili latin esperanto afrikaans tagalog malay albanian
    slovenian slovene macedonian georgian armenian sign_language asl yiddish gaelic"""
)
CONDITIONS = each(
    """diabetes asthma adhd add autism depression anxiety bipolar_disorder bipolar epilepsy arthritis cancer
    breast_cancer leukemia eczema psoriasis migraines migraine insomnia endometriosis pcos ibs crohn's_disease crohn's
    celiac_disease coeliac_disease celiac fibromyalgia lupus ms multiple_sclerosis parkinson's parkinson's_disease
    alzheimer's dementia hypertension high_blood_pressure low_blood_pressure anemia anaemia tinnitus scoliosis ptsd
    ocd dyslexia dyspraxia narcolepsy sleep_apnea hypothyroidism hyperthyroidism a_heart_condition a_pacemaker
    hay_fever long_covid chronic_fatigue chronic_pain osteoporosis glaucoma cataracts vertigo gout hiv hepatitis
    bronchitis reflux acid_reflux sinusitis tendonitis tendinitis shingles gastritis rosacea acne
    a_slipped_disc carpal_tunnel restless_legs sleep_apnoea tmj a_frozen_shoulder bursitis plantar_fasciitis dermatitis
    labyrinthitis colitis pneumonia a_hernia kidney_stones an_ulcer hyperacusis angina arrhythmia sciatica
    rheumatoid_arthritis ulcerative_colitis panic_attacks tourette's tourettes raynaud's sciatica a_stoma"""
)
MEDICINES = each(
    """insulin antidepressants antihistamines metformin sertraline fluoxetine prozac zoloft lexapro escitalopram
    citalopram venlafaxine bupropion wellbutrin ritalin adderall concerta vyvanse lithium lamotrigine quetiapine
    xanax levothyroxine statins beta_blockers blood_thinners warfarin ibuprofen antibiotics steroids prednisone
    the_pill birth_control hrt testosterone estrogen melatonin iron_supplements vitamin_d ozempic methotrexate
    omeprazole lisinopril ramipril bisoprolol propranolol mirtazapine duloxetine pregabalin gabapentin iron"""
)
DIETS = each(
    "vegan vegetarian pescatarian pescetarian flexitarian keto gluten-free gluten_free dairy-free dairy_free low-carb low_carb sugar-free paleo raw_vegan lactose-free plant-based kosher halal"
)
INSTRUMENTS = each(
    """piano guitar violin viola cello bass double_bass drums flute clarinet oboe bassoon saxophone sax trumpet
    trombone french_horn tuba harp ukulele banjo mandolin accordion organ harmonica recorder keyboard electric_guitar
    bass_guitar fiddle percussion sitar"""
)
GAMES = each(
    """tennis football soccer basketball volleyball rugby cricket baseball hockey ice_hockey field_hockey badminton
    squash padel golf handball chess go poker bridge table_tennis ping_pong darts pool snooker minecraft zelda
    water_polo softball lacrosse scrabble video_games board_games dungeons_and_dragons d&d"""
)
HABITS = each(
    """smoking drinking vaping gambling running jogging swimming meditating journaling journalling cycling climbing
    bouldering boxing knitting painting dancing yoga pilates drinking_alcohol drinking_coffee eating_meat eating_sugar
    coffee alcohol sugar caffeine meat therapy biting_my_nails rowing weightlifting crocheting cigarettes gaming
    going_to_the_gym going_to_therapy going_to_church baking gardening"""
)
STATES = each(
    "married divorced single engaged widowed separated pregnant retired unemployed self-employed in_a_relationship"
)
FAITHS = each(
    """catholic protestant christian jewish muslim buddhist hindu sikh atheist agnostic mormon orthodox lutheran
    quaker religious left-handed right-handed lefthanded colourblind colorblind color-blind deaf blind an_introvert
    an_extrovert introverted extroverted an_only_child gay lesbian bisexual queer trans transgender nonbinary
    non-binary asexual dyslexic autistic diabetic bipolar an_atheist short-sighted nearsighted"""
)
"""What someone is, that no slot of its own holds."""
NO_PLACES = each(
    """fear hope hell peace pain denial sin poverty debt squalor luxury constant_fear limbo exile anxiety misery bed
    pyjamas pajamas hiding town here there it this that which what where work home school another other each every
    tears marketing sales finance next both all anticipation shame silence darkness chaos harmony isolation
    solitude person sync secret style jeans sweatpants reality fact memory day time you him her them us me myself
    scratch nothing anything everything somewhere nowhere anywhere one two upstairs downstairs abroad overseas
    outside inside linux windows macos mac android iphone spotify netflix discord minecraft excel notion slack
    zoom teams gmail google whatsapp telegram instagram hr it pr ai vim emacs roblox fortnite bigger better online bookkeeping management second first phase step plan page experience church
    ideas business friends customers clients afar behind above below within out under over up down"""
)
DWELLINGS = each(
    """flat apartment house village town city studio suburb countryside mountains cottage farm dorm commune hostel van
    boat houseboat caravan trailer suburbs bungalow mansion attic basement neighbourhood neighborhood country island
    outskirts condo loft hamlet centre center coast us uk usa states netherlands philippines north south east west
    midlands highlands bay bronx hague uae"""
)
LIFE_WISHES = each(
    """learn write open become travel visit move start build study publish adopt climb own retire marry quit run
    teach sail record restore foster emigrate volunteer buy"""
)
FIRST_NAMES = each(
    """aaron adam adrian agnes alan albert alejandro alex alexander alexandra alice alicia alina amanda amelia amy ana
    anastasia andrea andreas andrew andy angela anita anna anne annie anton antonio arthur astrid barbara ben benjamin
    bella bernd bianca bob boris brian bruno camila carl carla carlos carmen caroline catherine cecilia charles
    charlie charlotte chloe chris christian christina christine christopher claire clara claudia clement connor
    craig cristina daisy dan daniel daniela danny dave david deborah dennis diana diego dmitri dominic donna dorothy
    duncan edith eduardo edward elena eli elias elisa elizabeth ella ellen elliot emily emma emmanuel eric erik
    ernesto esther ethan eva evan evelyn fatima felix fernando finn fiona florian frank franz freya gabriel gary
    george georgia gerald gina giulia gloria graham greg gregory greta gustav hannah harriet harry hassan heather
    heidi helen helena henrik henry hugo ian ibrahim ines ingrid irene isaac isabel isabella ivan jack jacob jake
    james jamie jan jana jane janet jason jasmine javier jeff jennifer jenny jeremy jerry jess jesse jessica jim jo
    joan joanna joe johan johanna john jonas jonathan jorge jose joseph josh joshua juan judith julia julian julie
    karen karl karin karolina kate katharina katherine katie kathrin keith ken kevin khalid kim klaus kristina kyle
    lara larry laura lauren lea leah lena leo leon leonie liam lily linda lisa liz lorenzo louis louise luca lucas
    lucia lucy luis luisa luka lukas luke luna lydia magda maja malik manuel marc marcel marco marcus margaret maria
    marie marina mario marion marta martha martin martina mary mateo matt matthew matthias maya megan mehmet melanie
    melissa mia michael michelle miguel mike mila miriam mohamed mohammed monica muhammad nadia nancy naomi natalia
    natalie natasha nathan nicholas nick nicola nicole nils nina noah nora norbert oliver olivia omar oscar oskar
    otto pablo pamela patricia patrick paul paula pauline pedro peter petra philip pia pierre priya rachel rafael
    ralph raquel rebecca ricardo richard rita rob robert roberto rodrigo roger roland ronald rosa rosie ruben rufus
    russell ruth ryan sabine sally sam samir samuel sandra sara sarah sean sebastian sergio sheila silvia simon
    simone sofia sonia sophia sophie stefan stella stephanie stephen steve steven stuart susan susanne sven sylvia
    tamara tanya tara teresa teddy thea theo theresa thomas tim tina tobias tom tommy tony tyler ursula valentina
    valerie vanessa vera veronica victor victoria vincent viola vivian walter wendy werner wolfgang yasmin yuki yusuf
    abby ada adele aiko aisha akira alan alba alec alina alma alonso amara amina amir amira anders anouk anya
    antonia ariel arjun arne astrid ayesha aylin beatrice beatrix bea benedict bente birgit blanca bogdan brigitte bridget
    britta callum carlotta casper cecile celia celine chiara ciara clemens colin conrad cora cyril dagmar daphne darius
    deepa dimitri dina dirk dora edgar edna edwin eileen einar elaine eleanor elif elin elise ella eloise elsa emil emile
    emilia enzo erica erin ernest esme estelle eugene fabian fabio farid federico femke fergus filip fleur francesca
    francis franziska freddie frederick frieda gabriela gemma genevieve gerard giovanni gisela giorgio greta guido
    gunnar gwen hamid hana hanna hans harald harold hattie hector hedwig heike heinrich hilda hiroshi holger hubert
    ida ilse imogen ines ingmar ingo irina isla ismail ivo ivy jacques jakob jakub jamal janine jasper javi jens
    joachim joao jochen joel jon jonah jonathon josef josephine juliet juliette jutta kai kamal karim karla kasia
    katarina katerina katrin kenji kerstin kirsten kofi konrad kurt lars laszlo layla leila lennart leona lila lina
    linnea lino liv lorna lotte louisa lucien lucinda ludwig maarten mabel magnus mahmoud manfred marek margot mariam
    mariana marianne marius marlene marlon mathias mathilda matilda matteo mattias maud maurice mei meera mercedes
    mikael milan milena milica mira mirjam mohan moritz muriel nadine naveen neil niamh niels niklas nikolai nils nikhil
    noemi nour olaf olga ophelia orla otto owen pascal patrik pavel pedro phoebe pieter piotr priyanka
    quentin rahul ralf ramon raphael rasmus ravi rebecca regina renata rene rhys rohan roland rosalind rosemary
    rowan rupert saskia selma selim seraphina shreya sigrid silke simona sinead siobhan sofie solveig stefania stefano
    stephan sunil suresh svenja tariq tatiana tessa thelma theodor thora tilda tilly tobi tomas tomasz tristan ulrich
    ulrike umar valerio vikram viktor vilma vincenzo viktoria wanda wilhelm wim xavier yannick yara yolanda
    yvonne zainab zelda zuzana
    zara zoe miso bo max rex bella biscuit coco lola milo oreo simba"""
)
"""Names that are names in small letters too; those that are words as well (will, mark, rose, may) are left out."""
ADVERBS = each(
    """absolutely actually again all already also always both certainly completely currently definitely even finally
    generally honestly just lately mainly mostly never-ever newly normally now obviously officially often only
    originally quite really recently simply so sometimes still super totally truly usually very"""
)
"""Between a subject and its verb they change little."""
NOBODY = each(
    """omg ugh lol haha hmm btw ngl tbh wow phew oof eh um listen anyway honestly a absolutely africa after agreed alexa all also always am amazing amazon america amsterdam an and any anyone
    anything apple are art as asia at athens aw awesome bad because been beer before being berlin big books born
    boston both brazil breakfast brussels budapest but by california can canada cats chatgpt chicago china chinese
    christ christmas coffee college congrats congratulations cool copenhagen could currently dad daddy days dear
    definitely did dinner do does dogs done dr dublin dutch each easter england english europe events every
    everybody everyone everything exactly facebook feels films first for france french friends from german germany
    getting god going good google gosh got grandma grandpa great guess had half halloween happy has have he hello
    helsinki her here hey hi his hope how i'd i'll i'm i've if im in india instagram ireland is it it's italian
    italy its japan japanese java jesus just kids korean last let let's lets life lisbon london looks love lunch
    madrid makes many may maybe merry mexico microsoft might mom moments mommy monday most movies mr mrs ms mum
    music must my nah netflix netherlands never new next nights no nobody nope not nothing now of oh ok okay old on
    one only openai or os1 oslo our parents paris people please polish porto portugal portuguese prague python
    really reddit rome russian samantha school scotland seattle seems she should siemens since siri so some somebody
    someone something sorry sounds spain spanish spotify still stockholm sunday sure sweet sydney tea texas thank
    thanks that the their themes then there these they things this those three thx tiktok time to today tokyo
    tomorrow tonight too toronto totally true twitter two university up very vienna wales warsaw was we we're well
    were what when where while who whoa why will wine wish with woah work would yea yeah yep yes yesterday you your
    youtube yup"""
)
"""Written with a capital where a sentence begins, or the name of no person."""
