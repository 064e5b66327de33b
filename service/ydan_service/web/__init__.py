"""The pages: rendering, assets, language, and the routes, a module a subject."""
