"""A language model that proposes statements, if the user has one: asked over HTTP, believed only through the gate."""
