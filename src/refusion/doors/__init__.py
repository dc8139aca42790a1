"""Where the world comes in: web, API, command line, worker; they parse, call one verb and render, and decide nothing."""
