/// Rows of a matrix of which most elements are 0, as a linear model reads them.
struct SparseRows {
    private(set) var columns: [Int32] = []
    private(set) var values: [Float] = []
    private(set) var starts: [Int] = [0]

    /// The number of rows.
    var count: Int { starts.count - 1 }

    /// Adds a row.
    mutating func append(_ row: some Sequence<(column: Int32, value: Float)>) {
        for (column, value) in row {
            columns.append(column)
            values.append(value)
        }
        starts.append(columns.count)
    }

    /// The product of a row with a vector.
    func product(_ row: Int, _ vector: [Double]) -> Double {
        var sum = 0.0
        for place in starts[row]..<starts[row + 1] {
            sum += Double(values[place]) * vector[Int(columns[place])]
        }
        return sum
    }

    /// Adds a multiple of a row to a vector.
    func add(_ row: Int, times factor: Double, to vector: inout [Double]) {
        for place in starts[row]..<starts[row + 1] {
            vector[Int(columns[place])] += Double(values[place]) * factor
        }
    }
}
