/// How files of weights write numbers.
enum WeightText {
    /// Two decimals, whatever the locale.
    static func decimal(_ weight: Double) -> String {
        let hundredths = Int((weight * 100).rounded())
        let whole = abs(hundredths) / 100
        let rest = abs(hundredths) % 100
        return (hundredths < 0 ? "-" : "") + "\(whole)." + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
