/// How the mean of intermittent demand is forecast.
public enum IntermittentMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// Smoothed size over smoothed interval (J. D. Croston, *Oper. Res. Q.* 23 (1972) 289–303, doi:10.2307/3007885).
  case croston
  /// Croston's ratio times 1 − β/2, which takes its bias away (A. A. Syntetos and J. E. Boylan, *Int. J. Forecasting* 21
  /// (2005) 303–314, doi:10.1016/j.ijforecast.2004.10.001).
  case sba
  /// Smoothed size times a probability of demand that is smoothed in every period, so that it falls while there is none
  /// (R. H. Teunter, A. A. Syntetos and M. Z. Babai, *Eur. J. Oper. Res.* 214 (2011) 606–615,
  /// doi:10.1016/j.ejor.2011.05.018).
  case tsb
  /// Smoothing of sums over the mean interval (K. Nikolopoulos, A. A. Syntetos, J. E. Boylan, F. Petropoulos and
  /// V. Assimakopoulos, *J. Oper. Res. Soc.* 62 (2011) 544–554, doi:10.1057/jors.2010.32).
  case adida
  /// The mean of that over 1, 2, … periods up to the mean interval (F. Petropoulos and N. Kourentzes, *J. Oper. Res. Soc.* 66
  /// (2015) 914–924, doi:10.1057/jors.2014.62).
  case imapa

  /// The name in the field's terms.
  var title: String {
    switch self {
    case .croston: "Croston"
    case .sba: "SBA"
    case .tsb: "TSB"
    case .adida: "ADIDA"
    case .imapa: "IMAPA"
    }
  }
  /// Whether the occurrence of demand is smoothed, not sums over intervals.
  var smoothsOccurrence: Bool { self != .adida && self != .imapa }
}
