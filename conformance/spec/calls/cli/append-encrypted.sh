# snippet
export S2_ENCRYPTION_KEY=AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=
echo hello | s2 append s2://example-1/example-2
# end
