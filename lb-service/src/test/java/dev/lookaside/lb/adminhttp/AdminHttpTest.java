package dev.lookaside.lb.adminhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.lb.admin.EndpointStatus;
import dev.lookaside.lb.admin.Fleet;
import dev.lookaside.lb.admin.ServiceStatus;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.lb.traffic.EndpointCondition;
import dev.lookaside.registry.control.EndpointControl;
import dev.lookaside.registry.control.Origin;
import dev.lookaside.registry.registrar.Registrar;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the dashboard asks and changes, by the real server, with two workers. */
class AdminHttpTest {
  private static final String[] JSON = {"Content-Type", "application/json"};
  private static final FakeWorker ONE = FakeWorker.start();
  private static final FakeWorker TWO = FakeWorker.start();
  private static RunningLb lb;
  private static List<Registrar> registrars;

  @BeforeAll
  static void start() {
    lb =
        RunningLb.start(
            "--lb.registry=embedded",
            "--lb.type=rr",
            "--lb.slow-start=0s",
            "--lb.load.silence=1m",
            "--lb.load.expiration=1m");
    ONE.reportRequestsInFlight(3);
    TWO.reportRequestsInFlight(1);
    registrars = List.of(registered("w1", ONE), registered("w2", TWO));
    await()
        .until(() -> {
          var services = fleet().status("worker"::equals).services();
          return !services.isEmpty()
              && services.get(0).endpoints().stream()
                      .filter(one -> one.condition() == EndpointCondition.READY)
                      .filter(one -> one.load().isPresent())
                      .count()
                  == 2;
        });
  }

  @AfterAll
  static void stop() {
    registrars.forEach(Registrar::close);
    lb.close();
    ONE.close();
    TWO.close();
  }

  @Test
  void aChangeIsKeptWithWhereItCameFromAndWhyUntilItIsUndone() {
    long before = revision();
    JsonNode applied = changed("drain", "'ids':['w1'],'why':'a new disk'");
    assertThat(applied.get("changed").asBoolean()).isTrue();
    assertThat(applied.get("revision").asLong()).isGreaterThan(before);

    await().until(() -> endpoint("w1").condition() == EndpointCondition.DRAINING);
    Origin origin = endpoint("w1").decided().drained().orElseThrow();
    assertThat(origin.by()).isEqualTo("dashboard at 127.0.0.1");
    assertThat(origin.proof()).isEqualTo("none");
    assertThat(origin.why()).isEqualTo("a new disk");

    changed("undrain", "'ids':['w1'],'why':''");
    await().until(() -> endpoint("w1").condition() == EndpointCondition.READY);
  }

  @Test
  void aWeightIsSetAndUndone() {
    changed("weight", "'ids':['w1','w2'],'weight':0.25,'why':''");
    await().until(() -> endpoint("w1").endpoint().weight() == 0.25);
    assertThat(endpoint("w2").endpoint().weight()).isEqualTo(0.25);

    changed("weight", "'ids':['w1','w2'],'weight':null,'why':''");
    await().until(() -> endpoint("w1").endpoint().weight() == 1);
  }

  @Test
  void aPolicyOrABlendIsChosenAndUndone() {
    changed("policy", "'policy':'ll:0.9,rr:0.1','why':''");
    await().until(() -> service().policy().equals("ll:0.9,rr:0.1"));

    changed("policy", "'policy':null,'why':''");
    await().until(() -> service().policy().equals("rr"));
  }

  @Test
  void anEjectionIsLifted() {
    long before = revision();
    changed("lift", "'ids':['w2'],'why':''");

    await().until(() -> revision() > before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          drain   | 'service':'worker','ids':['w1','w9'],'why':'','expectedRevision':R             | 404 | endpoint_id is 'w9' (expected: one of w1, w2)
          drain   | 'service':'nobody','ids':['w1'],'why':'','expectedRevision':R                  | 404 | service is 'nobody' (expected: one of worker)
          drain   | 'service':'worker','ids':[],'why':'','expectedRevision':R                      | 400 | number of endpoint_ids is 0 (expected: 1 to 1000)
          drain   | 'service':'worker','ids':['w1'],'why':'','expectedRevision':1                  | 409 | but others decided something in revision
          drain   | 'service':'worker','ids':['w1'],'why':''                                       | 400 | expectedRevision
          drain   | 'service':'worker','ids':['w1'],'why':'','expectedRevison':R                   | 400 | 'expectedRevision'
          drain   | 'service':'worker','ids':['w1'],'why':'','expectedRevision':R,'force':true      | 400 | body: the field 'force' is not known (expected: a JSON object of service, ids, why, expectedRevision)
          drain   | 'service':'worker','ids':['w1'],'why':'','expectedRevision':null               | 400 | (expected: a JSON object of
          drain   | 'service':'worker','ids':['w1'],'why':'','expectedRevision':0.5                | 400 | (expected: a JSON object of
          drain   | 'service':'worker','ids':'w1','why':'','expectedRevision':R                    | 400 | (expected: a JSON object of
          drain   | 'service':'worker','ids':['w1'],'why':'two\\nlines','expectedRevision':R       | 400 | printable characters on one line
          undrain | 'service':'worker','ids':['w9'],'why':'','expectedRevision':R                  | 404 | endpoint_id is 'w9' (expected: one of w1, w2)
          lift    | 'service':'worker','ids':['w9'],'why':'','expectedRevision':R                  | 404 | endpoint_id is 'w9' (expected: one of w1, w2)
          weight  | 'service':'worker','ids':['w1'],'weight':-1,'why':'','expectedRevision':R      | 400 | weight is -1 (expected: 0, or 0.001 to 1000000.0)
          weight  | 'service':'worker','ids':['w1'],'weight':'2','why':'','expectedRevision':R     | 400 | (expected: a JSON object of
          weight  | 'service':'worker','ids':['w1'],'why':'','expectedRevision':R                  | 400 | weight
          policy  | 'service':'worker','policy':'best','why':'','expectedRevision':R               | 400 | (expected: one of first, rr, ll,
          policy  | 'service':'worker','policy':'ll:0.9,rr:0.3','why':'','expectedRevision':R      | 400 | add up to 1
          policy  | 'service':'worker','policy':'ll','why':'','expectedRevision':1                 | 409 | expected_revision of worker is 1, but others decided something in revision
          """)
  void whatIsRefusedChangesNothingAndIsToldWithWhatIsAllowed(
      String what, String body, int status, String words) {
    List<?> before = decided();
    String sent = "{" + json(body).replace(":R", ":" + revision()) + "}";

    HttpResponse<String> answer = lb.post("/dashboard/api/" + what, sent, JSON);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(message(answer)).contains(words);
    assertThat(decided()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{} {}", "\"drain\""})
  void whatIsNoObjectIsRefused(String body) {
    HttpResponse<String> answer = lb.post("/dashboard/api/drain", body, JSON);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer))
        .endsWith("(expected: a JSON object of service, ids, why, expectedRevision)");
  }

  @Test
  void aBodyThatIsTooLongIsNotRead() {
    HttpResponse<String> answer =
        lb.post("/dashboard/api/drain", " ".repeat(Body.MOST_BYTES + 1), JSON);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).startsWith("body: it has more than 262144 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x"
      })
  void whatAFormOfAnotherSiteCouldSendIsNotRead(String type) {
    List<?> before = decided();
    HttpResponse<String> answer =
        lb.post("/dashboard/api/drain", drainOfW1(), "Content-Type", type);

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(message(answer)).contains("(expected: application/json)");
    assertThat(decided()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example",
    "Origin, null",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void noOtherSiteMakesABrowserChangeAnything(String header, String value) {
    List<?> before = decided();
    HttpResponse<String> answer =
        lb.post(
            "/dashboard/api/drain", drainOfW1(), "Content-Type", "application/json", header, value);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).startsWith(header + " is '" + value + "' (expected: ");
    assertThat(decided()).isEqualTo(before);
  }

  @Test
  void anExplanationHasEachWorkerWithItsSignalsAndCanBeMadeAgain() {
    changed("policy", "'policy':'p2c','why':''");
    await().until(() -> service().policy().equals("p2c"));
    JsonNode first = explained("&seed=");

    assertThat(first.get("ruleId").asString()).isEqualTo("TWO_CHOICES");
    assertThat(first.get("rule").asString()).isNotEmpty();
    assertThat(first.get("candidates").valueStream().map(one -> one.get("id").asString()))
        .containsExactlyInAnyOrder("w1", "w2");
    for (JsonNode one : first.get("candidates")) {
      assertThat(one.get("values").get("cost").isNumber()).isTrue();
      assertThat(one.get("ageMillis").asLong()).isNotNegative();
      assertThat(one.get("dispatchedSince").asInt()).isZero();
      assertThat(one.get("reportedInFlight").asDouble())
          .isEqualTo(one.get("id").asString().equals("w1") ? 3 : 1);
    }
    assertThat(explained("&seed=" + first.get("seed").asString()).get("chosen"))
        .isEqualTo(first.get("chosen"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ?service=nobody          | 404 | service is 'nobody' (expected: one of worker)
          ?seed=1                  | 404 | service is '' (expected: one of worker)
          ?service=worker&seed=1.5 | 400 | seed is '1.5' (expected: a whole number of 64 bits)
          """)
  void aQuestionThatMakesNoSenseIsAnsweredWithWhatDoes(String query, int status, String words) {
    HttpResponse<String> answer = lb.get("/dashboard/api/explain" + query);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(message(answer)).isEqualTo(words);
  }

  @Test
  void aPageIsToldWhatItMayOffer() {
    JsonNode offer = read(lb.get("/dashboard/api/offer"));

    assertThat(offer.get("refusal").isNull()).isTrue();
    assertThat(offer.get("policies").valueStream().map(JsonNode::asString)).contains("rr", "ll");
  }

  private static JsonNode explained(String seed) {
    return read(lb.get("/dashboard/api/explain?service=worker" + seed));
  }

  private static JsonNode changed(String what, String fields) {
    HttpResponse<String> answer =
        lb.post(
            "/dashboard/api/" + what,
            json("{'service':'worker'," + fields + ",'expectedRevision':" + revision() + "}"),
            JSON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode applied = read(answer);
    await().until(() -> revision() == applied.get("revision").asLong());
    return applied;
  }

  private static String drainOfW1() {
    return json("{'service':'worker','ids':['w1'],'why':'','expectedRevision':" + revision() + "}");
  }

  private static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  private static String message(HttpResponse<String> answer) {
    return read(answer).get("message").asString();
  }

  private static JsonNode read(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static long revision() {
    return service().controlRevision();
  }

  private static List<?> decided() {
    ServiceStatus now = service();
    Map<String, EndpointControl> each =
        now.endpoints().stream()
            .collect(Collectors.toMap(one -> one.endpoint().id(), EndpointStatus::decided));
    return List.of(now.policy(), now.chosen(), now.controlRevision(), each);
  }

  private static EndpointStatus endpoint(String id) {
    return service().endpoints().stream()
        .filter(one -> one.endpoint().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static ServiceStatus service() {
    return fleet().statusOf("worker").services().get(0);
  }

  private static Fleet fleet() {
    return lb.context().getBean(Fleet.class);
  }

  private static Registrar registered(String id, FakeWorker worker) {
    Registrar registrar = worker.registrar(id, lb);
    registrar.start();
    return registrar;
  }
}
