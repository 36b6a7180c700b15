# snippet
s2 read --timestamp 1000 --count 10 s2://my-basin/example-1
# end
