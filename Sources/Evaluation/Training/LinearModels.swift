import FoundationEssentials
import TextMining

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A trained weight: the feature as the file of weights writes it, and its number.
struct TrainedWeight {
    var feature: ModelFeature
    var weight: Double
}

/// The features of a training set, numbered in the order in which they were first seen.
struct FeatureColumns {
    private(set) var features: [ModelFeature] = []
    private var columns: [UInt64: Int32] = [:]
    private var counts: [Int] = []

    /// The column of a feature; its first spelling is kept.
    mutating func column(of feature: ModelFeature) -> Int32 {
        if let column = columns[feature.number] {
            counts[Int(column)] += 1
            return column
        }
        let column = Int32(features.count)
        columns[feature.number] = column
        features.append(feature)
        counts.append(1)
        return column
    }

    /// Whether a feature was seen often enough to be learned from.
    func isFrequent(_ column: Int32, atLeast count: Int) -> Bool { counts[Int(column)] >= count }

    /// The number of features.
    var count: Int { features.count }
}

/// Logistic regression: whether something is so. Penalized by the squares of the weights.
struct YesNoModel {
    private var columns = FeatureColumns()
    private var rows: [[(column: Int32, value: Float)]] = []
    private var answers: [Double] = []

    /// Adds an example: features with their values, and the answer.
    mutating func add(_ features: [(feature: ModelFeature, value: Float)], isSo: Bool) {
        rows.append(features.map { (columns.column(of: $0.feature), $0.value) })
        answers.append(isSo ? 1 : 0)
    }

    /// The weights of the features that occur in at least `frequency` examples.
    func trained(penalty: Double, frequency: Int, iterations: Int = 100) -> [TrainedWeight] {
        var matrix = SparseRows()
        for row in rows {
            matrix.append(row.filter { columns.isFrequent($0.column, atLeast: frequency) })
        }
        let weights = Minimizer.minimum(dimensions: columns.count, iterations: iterations) {
            point, gradient in
            var loss = 0.0
            for index in point.indices {
                loss += 0.5 * penalty * point[index] * point[index]
                gradient[index] = penalty * point[index]
            }
            for row in 0..<matrix.count {
                let score = matrix.product(row, point)
                let signed = answers[row] > 0 ? score : -score
                loss += signed > 0 ? log1p(exp(-signed)) : log1p(exp(signed)) - signed
                matrix.add(row, times: 1 / (1 + exp(-score)) - answers[row], to: &gradient)
            }
            return loss
        }
        return zip(columns.features, weights).map { TrainedWeight(feature: $0, weight: $1) }
    }
}

/// A conditional logit: which of several it is. Penalized by the squares of the weights.
struct ChoiceModel {
    private var columns = FeatureColumns()
    private var rows: [[Int32]] = []
    private var isRight: [Bool] = []
    private var starts: [Int] = [0]

    /// Adds an example: the choices with their features, and which of them are right; some must be, and some not.
    mutating func add(_ choices: [(features: [ModelFeature], isRight: Bool)]) {
        for choice in choices {
            rows.append(choice.features.map { columns.column(of: $0) })
            isRight.append(choice.isRight)
        }
        starts.append(rows.count)
    }

    /// The weights of the features that occur in at least `frequency` choices.
    ///
    /// - Parameter penalty: for each feature.
    func trained(
        frequency: Int, iterations: Int = 100, penalty: (ModelFeature) -> Double
    ) -> [TrainedWeight] {
        var matrix = SparseRows()
        for row in rows {
            matrix.append(
                row.filter { columns.isFrequent($0, atLeast: frequency) }.map {
                    (column: $0, value: Float(1))
                })
        }
        let penalties = columns.features.map(penalty)
        let weights = Minimizer.minimum(dimensions: columns.count, iterations: iterations) {
            point, gradient in
            var loss = 0.0
            for index in point.indices {
                loss += 0.5 * penalties[index] * point[index] * point[index]
                gradient[index] = penalties[index] * point[index]
            }
            var scores: [Double] = []
            for example in 0..<(starts.count - 1) {
                let choices = starts[example]..<starts[example + 1]
                scores.removeAll(keepingCapacity: true)
                for row in choices { scores.append(matrix.product(row, point)) }
                let highest = scores.max() ?? 0
                var all = 0.0
                var right = 0.0
                for (score, row) in zip(scores, choices) {
                    all += exp(score - highest)
                    if isRight[row] { right += exp(score - highest) }
                }
                loss += log(all) - log(right)
                for (score, row) in zip(scores, choices) {
                    let share = exp(score - highest)
                    matrix.add(row, times: share / all - (isRight[row] ? share / right : 0), to: &gradient)
                }
            }
            return loss
        }
        return zip(columns.features, weights).map { TrainedWeight(feature: $0, weight: $1) }
    }
}
