# snippet
export S2_ENCRYPTION_KEY=AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=
s2 read --seq-num 0 --count 10 s2://example-1/example-2
# end
