"""An Article becomes statements: spaCy components on the English model, one file a stage."""
