#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The JSON Schema of scenario files (draft 2020-12), for editors and checks before a run.
///
/// It says what keys there are, which are needed, and of what form values are. Names, units, cycles and dates are checked by
/// the reader, which knows what they stand for.
public enum ScenarioSchema {
  /// The schema as JSON text.
  public static var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(root), as: UTF8.self) + "\n"
    } catch {
      preconditionFailure("a tree of texts and numbers is JSON: \(error)")
    }
  }

  private static let root: SchemaValue = [
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Foresight scenario, scenario/1",
    "type": "object",
    "additionalProperties": false,
    // A file that extends another may leave anything to it.
    "anyOf": [["required": ["schema", "id", "horizon"]], ["required": ["extends"]]],
    "properties": [
      "schema": ["const": "scenario/1"],
      "id": text("The scenario's name."),
      "title": text("A title for readers."),
      "extends": oneOf(text("A file whose parts stand where this file says nothing."), list(text("A file."))),
      "as_of": text("The day after which nothing may be cited: 2026-01-31, 2026-01 or 2026."),
      "horizon": object(
        [
          "from": ["type": "integer", "minimum": 1900, "maximum": 2500],
          "to": ["type": "integer", "minimum": 1900, "maximum": 2500], "step": ["enum": ["year", "month"]],
          "value": ["enum": ["calendar-mean", "instant"]],
        ], required: ["from", "to"]),
      "run": object([
        "method": ["enum": ["sobol-owen", "monte-carlo", "latin-hypercube"]],
        "draws": ["type": "integer", "minimum": 1],
        "replicates": ["type": "integer", "minimum": 1, "maximum": 4096],
        "seed": ["type": "integer", "minimum": 0], "rng": ["const": "philox4x64-10"],
        "stream_key": list(["enum": ["seed", "replicate", "input-name", "draw"]]),
      ]),
      "branches": named(
        object(
          [
            "weight": ["type": "number", "minimum": 0, "maximum": 1], "says": text("What it says in words."),
            "basis": basis, "src": sources,
          ], required: ["weight"])),
      "inputs": named(reference("input")),
      "correlations": list(reference("correlation")),
      "events": named(reference("event")),
      "assets": named(reference("asset")),
      "ceilings": named(
        object(
          [
            "limit": expression,
            "order": ["type": "array", "minItems": 1, "items": ["type": "string"]], "basis": basis,
            "src": sources, "note": text("A remark."),
          ], required: ["limit", "order"])),
      "series": named(reference("series")),
      "derived": named(
        oneOf(
          expression,
          object(
            ["expr": expression, "unit": unit, "note": text("A remark.")], required: ["expr", "unit"]))),
      "units": named(unit),
      "coherence": object(
        [
          "tree": named(["type": "array", "minItems": 1, "items": ["type": "string"]]),
          "reconcile": ["enum": ["bottom-up", "ols", "wls", "mint-shrink"]],
          "tolerance": ["type": "number", "minimum": 0],
          "per_path": ["type": "boolean", "enum": [true]],
          "external_totals": object(
            [
              "reconcile": ["enum": ["bottom-up", "ols", "wls", "mint-shrink"]],
              "series": named(text("The series that is fitted for the total.")),
            ], required: ["reconcile"]), "note": text("A remark."),
        ], required: ["tree"]),
      "questions": named(reference("question")),
      "sources": text("A CSV file with columns source_id, what, date, address."),
      "overrides": named(["type": "object"]),
    ],
    "$defs": [
      "law": oneOf(
        ["type": "number"], ["const": "never"],
        [
          "type": "object", "minProperties": 1, "maxProperties": 1, "properties": laws,
          "additionalProperties": false,
        ]),
      "knots": [
        "type": "object", "minProperties": 1, "additionalProperties": false,
        "patternProperties": ["^[0-9]{4}$": reference("law")],
      ],
      "input": object(
        laws.merging(
          [
            "unit": unit, "basis": basis, "src": sources, "dim": dimension, "note": text("A remark."),
            "one_draw": ["type": "boolean", "enum": [true]], "knots": reference("knots"),
            "by_branch": named(
              oneOf(reference("law"), object(["knots": reference("knots")], required: ["knots"]))),
          ]), required: ["unit"]),
      "correlation": object(
        [
          "between": ["type": "array", "minItems": 2, "maxItems": 2, "items": ["type": "string"]],
          "gaussian_copula": share, "t_copula": share,
          "df": ["type": "number", "minimum": 1, "maximum": 1000],
          "parameter": ["enum": ["normal-score", "t-score", "spearman"]], "repair": ["enum": ["nearest"]],
          "estimate": ["enum": ["rank"]], "from": ["enum": ["history"]],
          "basis": basis, "src": sources,
        ], required: ["between"]),
      "event": [
        "type": "object", "required": ["kind"],
        "oneOf": [
          event("start", ["at": expression, "opens": text("An asset.")], required: ["at"]),
          event(
            "hazard", ["after": expression, "hazard": rate, "dim": dimension], required: ["after", "hazard"]),
          event(
            "interruption",
            [
              "of": text("An asset."), "after": expression, "hazard": rate, "times": ["const": 1],
              "lasts": ["type": "string", "pattern": "yr|year"], "hits": ["enum": ["midpoint"]],
              "multiply": reference("law"),
              "dims": ["type": "array", "minItems": 2, "maxItems": 2, "items": dimension],
            ], required: ["of", "after", "hazard", "lasts", "multiply"]),
          event(
            "shock",
            [
              "of": text("An input or series."), "mode": ["enum": ["additive", "multiplicative"]],
              "when": expression, "add": reference("law"), "multiply": reference("law"),
              "floor": ["type": "number"], "at": expression, "after": expression, "hazard": rate,
              "times": ["const": 1], "lasts": ["type": "string", "pattern": "yr|year"],
              "recovery": ["enum": ["none", "step", "linear", "exponential"]], "recovery_years": positive,
              "dim": dimension,
              "dims": ["type": "array", "minItems": 2, "maxItems": 2, "items": dimension],
            ], required: ["of", "mode"]),
        ],
      ],
      "asset": object(
        [
          "capacity": oneOf(
            expression,
            object(
              ["value": expression, "unit": unit, "basis": basis, "src": sources, "note": text("A remark.")],
              required: ["value", "unit"])),
          "start": expression,
          "ramp": ramp,
          "expansions": list(
            object(
              [
                "at": expression, "capacity": expression, "basis": basis, "src": sources,
                "note": text("A remark."),
              ], required: ["at", "capacity"])),
          "utilisation": expression, "availability": expression,
          "outages": object(
            [
              "rate": rate, "lasts": ["type": "string", "pattern": "yr|year"],
              "multiply": ["type": "number", "minimum": 0, "maximum": 1], "basis": basis, "src": sources,
              "note": text("A remark."),
            ], required: ["rate", "lasts"]),
          "nominations": object(
            [
              "price": expression, "reference": ["type": "number", "exclusiveMinimum": 0],
              "elasticity": expression, "clamp": numbers(2),
            ], required: ["price", "reference", "elasticity"]), "ceiling": expression, "basis": basis,
          "src": sources, "note": text("A remark."),
        ], required: ["capacity", "start"]),
      "series": [
        "type": "object", "required": ["data", "unit", "model"],
        "description": "Other keys are options of the model.",
        "properties": [
          "data": [
            "anyOf": [
              text("A bundled or given series, or a CSV file beside the scenario, demand.csv."),
              [
                "type": "object", "additionalProperties": false, "required": ["file"],
                "properties": [
                  "file": text("A CSV file."), "series": text("Which of several."),
                  "rule": ["enum": ["sum", "mean", "last"]],
                  "frequency": text("The length of a base period."),
                ],
              ],
            ]
          ], "from": periodOrYear, "unit": unit,
          "model": text("A model's name."), "basis": basis, "src": sources, "note": text("A remark."),
        ],
      ],
      "question": [
        "type": "object", "additionalProperties": false,
        "oneOf": [
          ["anyOf": [["required": ["of"]], ["required": ["mean"]]]], ["required": ["probability"]],
          ["required": ["break_even"]], ["required": ["prim"]],
        ],
        "properties": [
          "of": expression, "probability": expression, "mean": expression,
          "never": ["const": "report"], "tornado": numbers(2), "prim": expression,
          "min_density": ["type": "number", "exclusiveMinimum": 0, "maximum": 1],
          "quantiles": list(["type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1]),
          "exceed": list(["type": "number"]), "given": expression,
          "do": named(oneOf(["type": "number"], ["const": "never"])),
          "sobol": list(["enum": ["first", "total"]]), "groups": named(list(["type": "string"])),
          "ci": ["type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1], "note": text("A remark."),
          "break_even": object(
            [
              "vary": text("An input, or an event with a date."), "between": numbers(2),
              "question": text("The question whose figure is held to the target."),
              "reaches": ["type": "number"], "figure": text("mean, p90, exceed_25, …"),
              "note": text("A remark."),
            ], required: ["vary", "between", "question", "reaches"]),
        ],
      ],
    ],
  ]

  private static let laws: SchemaValue = [
    "constant": ["type": "number"], "uniform": numbers(2), "triangular": numbers(3), "pert": numbers(3),
    "normal": object(["mean": ["type": "number"], "sd": positive], required: ["mean", "sd"]),
    "lognormal": object(["median": positive, "sigma": positive], required: ["median", "sigma"]),
    "shifted_lognormal": object(
      ["p10": ["type": "number"], "p50": ["type": "number"], "p90": ["type": "number"]],
      required: ["p10", "p50", "p90"]),
    "empirical": ["type": "array", "minItems": 1, "items": ["type": "number"]],
  ]

  private static let ramp: SchemaValue = oneOf(
    ramp("linear", ["years": expression], required: ["years"]),
    ramp(
      "concave", ["years": expression, "k": ["type": "number", "minimum": 1, "maximum": 100]],
      required: ["shape", "years"]),
    ramp(
      "logistic", ["years": expression, "steepness": ["type": "number", "minimum": 0.1, "maximum": 100]],
      required: ["shape", "years"]),
    ramp("empirical", ["shares": shares], required: ["shape", "shares"]),
    ramp("empirical", ["means": shares], required: ["shape", "means"]),
    ramp("empirical", ["from": text("A pipeline of ramp_up_analogues.")], required: ["shape", "from"]),
    ramp("schedule", ["quantities": shares], required: ["shape", "quantities"]))

  private static let shares: SchemaValue = [
    "type": "array", "minItems": 1, "maxItems": 100, "items": ["type": "number", "minimum": 0],
  ]

  private static func ramp(_ shape: String, _ own: SchemaValue, required: [String]) -> SchemaValue {
    object(
      own.merging([
        "shape": ["const": .text(shape)], "basis": basis, "src": sources, "note": text("A remark."),
      ]), required: required)
  }

  private static let positive: SchemaValue = ["type": "number", "exclusiveMinimum": 0]
  private static let share: SchemaValue = ["type": "number", "minimum": -1, "maximum": 1]
  private static let dimension: SchemaValue = ["type": "integer", "minimum": 1]
  private static let basis: SchemaValue = ["enum": ["sourced", "derived", "judgement"]]
  private static let unit: SchemaValue = [
    "type": ["string", "integer"], "description": "A unit, such as bcm/yr or \"1\".",
  ]
  private static let rate: SchemaValue = [
    "type": "string", "pattern": "/ *(yr|year)", "description": "0.06/yr",
  ]
  private static let sources = oneOf(text("The id of a source."), list(text("The id of a source.")))
  private static let periodOrYear: SchemaValue = ["type": ["string", "integer"], "description": "A period."]
  private static let expression: SchemaValue = [
    "type": ["string", "number", "boolean"], "description": "An expression over the names of the file.",
  ]

  private static func text(_ description: String) -> SchemaValue {
    ["type": ["string", "integer"], "description": .text(description)]
  }

  private static func list(_ items: SchemaValue) -> SchemaValue { ["type": "array", "items": items] }

  private static func numbers(_ count: Double) -> SchemaValue {
    ["type": "array", "minItems": .number(count), "maxItems": .number(count), "items": ["type": "number"]]
  }

  private static func oneOf(_ choices: SchemaValue...) -> SchemaValue { ["oneOf": .list(choices)] }

  private static func reference(_ name: String) -> SchemaValue { ["$ref": .text("#/$defs/\(name)")] }

  /// Parts by name.
  private static func named(_ part: SchemaValue) -> SchemaValue {
    [
      "type": "object", "additionalProperties": false,
      "patternProperties": ["^[A-Za-z_][A-Za-z0-9_]*$": part],
    ]
  }

  private static func object(_ properties: SchemaValue, required: [String] = []) -> SchemaValue {
    [
      "type": "object", "additionalProperties": false, "properties": properties,
      "required": .list(required.map { .text($0) }),
    ]
  }

  private static func event(_ kind: String, _ own: SchemaValue, required: [String]) -> SchemaValue {
    object(
      own.merging([
        "kind": ["const": .text(kind)], "basis": basis, "src": sources, "note": text("A remark."),
        "says": text("What it says in words."),
      ]), required: ["kind"] + required)
  }
}

/// A JSON value that is written as Swift literals.
indirect enum SchemaValue: Encodable, Sendable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case list([SchemaValue])
  case object([String: SchemaValue])

  /// The members of two objects.
  func merging(_ other: SchemaValue) -> SchemaValue {
    guard case .object(let own) = self, case .object(let more) = other else { return self }
    return .object(own.merging(more) { $1 })
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    }
  }
}

extension SchemaValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(arrayLiteral elements: SchemaValue...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, SchemaValue)...) {
    self = .object(Dictionary(elements) { $1 })
  }
}
