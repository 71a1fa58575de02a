"""The web page: `page` lays it out, `render` turns results into HTML, `server` serves both."""
