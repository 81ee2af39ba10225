import Series
import Testing

@Suite struct NearestNameTests {
  let names = ["naive", "drift", "mean", "theta", "auto-ets", "auto-arima"]

  @Test func `one slip of each kind is found`() {
    #expect(nearestName(to: "naivee", among: names) == "naive")
    #expect(nearestName(to: "nave", among: names) == "naive")
    #expect(nearestName(to: "nbive", among: names) == "naive")
    #expect(nearestName(to: "navie", among: names) == "naive")
    #expect(nearestName(to: "AUTO-ETS", among: names) == "auto-ets")
    #expect(nearestName(to: "auto-arma", among: names) == "auto-arima")
  }

  @Test func `a far name has no neighbour, the earlier of equals wins`() {
    #expect(nearestName(to: "prophet", among: names) == nil)
    #expect(nearestName(to: "", among: names) == nil)
    #expect(nearestName(to: "cat", among: ["bat", "hat"]) == "bat")
    #expect(nearestName(to: "x", among: [String]()) == nil)
  }
}
