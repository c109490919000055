/// Finds the minimum of a smooth convex function by the method of Nocedal (Mathematics of Computation 35, 1980) with
/// limited memory and a backtracking search along each direction. Deterministic.
enum Minimizer {
    /// The point at which a function is least, from 0 on.
    ///
    /// - Parameters:
    ///   - iterations: at most so many steps.
    ///   - function: the value at a point; it fills in the gradient.
    static func minimum(
        dimensions: Int, iterations: Int, _ function: ([Double], inout [Double]) -> Double
    ) -> [Double] {
        let memory = 8
        var point = [Double](repeating: 0, count: dimensions)
        var gradient = point
        var value = function(point, &gradient)
        var steps: [(step: [Double], change: [Double], scale: Double)] = []
        for _ in 0..<iterations {
            // The direction: the gradient, bent by what the last steps have told of the curvature.
            var direction = gradient.map { -$0 }
            var weights: [Double] = []
            for past in steps.reversed() {
                let weight = past.scale * dot(past.step, direction)
                weights.append(weight)
                add(past.change, times: -weight, to: &direction)
            }
            if let last = steps.last {
                let scale = 1 / (last.scale * dot(last.change, last.change))
                for index in direction.indices { direction[index] *= scale }
            }
            for (past, weight) in zip(steps, weights.reversed()) {
                add(past.step, times: weight - past.scale * dot(past.change, direction), to: &direction)
            }
            let slope = dot(gradient, direction)
            guard slope < -1e-9 else { break }
            var length = steps.isEmpty ? min(1, 1 / dot(gradient, gradient).squareRoot()) : 1
            var next = point
            var nextGradient = gradient
            var nextValue = value
            var isLower = false
            for _ in 0..<30 {
                next = point
                add(direction, times: length, to: &next)
                nextValue = function(next, &nextGradient)
                if nextValue <= value + 1e-4 * length * slope {
                    isLower = true
                    break
                }
                length /= 2
            }
            guard isLower else { break }
            let step = zip(next, point).map { $0 - $1 }
            let change = zip(nextGradient, gradient).map { $0 - $1 }
            let product = dot(step, change)
            if product > 1e-12 {
                steps.append((step, change, 1 / product))
                if steps.count > memory { steps.removeFirst() }
            }
            let isDone = value - nextValue < 1e-6 * max(1, abs(value))
            (point, gradient, value) = (next, nextGradient, nextValue)
            if isDone { break }
        }
        return point
    }

    private static func dot(_ one: [Double], _ other: [Double]) -> Double {
        var sum = 0.0
        for index in one.indices { sum += one[index] * other[index] }
        return sum
    }

    private static func add(_ vector: [Double], times factor: Double, to sum: inout [Double]) {
        for index in sum.indices { sum[index] += factor * vector[index] }
    }
}
