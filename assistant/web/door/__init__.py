"""What stands between a request and the application: host names, headers, the log-in, what of Gradio is served."""

from assistant.web.door.gradio_routes import close_gradio
from assistant.web.door.guard import Guard, visit_of
from assistant.web.door.hosts import Hosts
from assistant.web.door.login import login_routes
from assistant.web.door.shield import Shield

__all__ = ["Guard", "Hosts", "Shield", "close_gradio", "login_routes", "visit_of"]
