# snippet
s2 list-basins --prefix example- --limit 10 --no-auto-paginate
# end
