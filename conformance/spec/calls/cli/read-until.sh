# snippet
s2 read --seq-num 0 --until 2000 s2://my-basin/example-1
# end
