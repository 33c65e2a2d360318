// On a server the page asks it for its data; in a folder of files they stand here.
