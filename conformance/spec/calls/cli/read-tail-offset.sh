# snippet
s2 read --tail-offset 2 --count 10 s2://my-basin/example-1
# end
