# snippet
s2 read --seq-num 0 --bytes 1024 s2://my-basin/example-1
# end
