window.bioscribe = {
species: ["Homo sapiens","Mus musculus"],
articles: [
["gene/human/igf1r-3480.html","IGF1R","insulin like growth factor 1 receptor",0,12,["JTK13","\u003c/script>\u003cb>"]],
["gene/mouse/igf1r-16001.html","Igf1r","insulin-like growth factor I receptor",1,4,["CD221"]],
["gene/mouse/irs2-384783.html","Irs2","insulin receptor substrate 2",1,1,["4PS"]]
]};
