# snippet
s2 read --seq-num 0 --count 10 s2://my-basin/example-1
# end
