complete --keep-order --exclusive --command wattkey --arguments "(COMPLETE=fish wattkey -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
