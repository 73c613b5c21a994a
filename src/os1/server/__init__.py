"""HOW THE WORLD REACHES HER: routes, sockets, and the door."""
