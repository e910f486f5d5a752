# Plugins built against other headers.
