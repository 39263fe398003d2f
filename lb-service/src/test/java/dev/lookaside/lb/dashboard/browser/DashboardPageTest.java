package dev.lookaside.lb.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.testing.etcd.RequiresChromium;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The dashboard in a real browser, with the real balancer behind it. */
@RequiresChromium
@SuppressWarnings("try") // some are only there
class DashboardPageTest {
  private static final String ROW = "#workers-rows [data-number]";
  private static final String PILL = "#connection span";

  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = new Browser();
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @AfterEach
  void theConsoleWasToldOfNoErrorButOfConnectionsThatEnded() {
    assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("/dashboard/events"));
  }

  @Test
  void showsEachWorkerWithItsLoadAndItsShare() throws IOException {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded");
        Fleet fleet = new Fleet(etcd(lb), Fleet.named(5));
        Traffic traffic = new Traffic(lb, 200)) {
      browser.open(lb.httpPort());

      browser.awaitText(PILL, "Live");
      browser.awaitText("#figures", "5 / 5");
      assertThat(browser.count(ROW)).isEqualTo(5);
      browser.awaitText(ROW + " .c-load", "%");
      browser.awaitText(ROW + " .c-share", "×");
      browser.awaitText("#balancers", "this one");
      assertThat(browser.count("#chart-work canvas")).isEqualTo(1);
    }
  }

  @Test
  void whatIsNotKnownIsADashAndNotZero() throws IOException {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded");
        Fleet fleet = new Fleet(etcd(lb), List.of())) {
      fleet.registerOneThatDoesNotAnswer("worker-0001");
      browser.open(lb.httpPort());
      browser.awaitText("#workers-count", "1");
      assertThat(browser.text("#figures [data-name=inFlight] b")).isEqualTo("–");
    }
  }

  @Test
  void whatWorkersCallThemselvesIsTextAndNothingElse() throws IOException {
    String id = "<script>document.title='owned'";
    String zone = "<img src=x onerror=\"document.title='owned'\">";
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded");
        Fleet fleet = new Fleet(etcd(lb), List.of(id), List.of(zone))) {
      browser.open(lb.httpPort());
      browser.awaitText(ROW + " b", id);
      assertThat(browser.text(ROW + " .c-zone")).isEqualTo(zone);

      browser.run(
          "document.getElementById('group').value = 'zone';"
              + "document.getElementById('group').dispatchEvent(new Event('change'))");
      browser.awaitText("#workers-rows .group", zone);
      browser.click(ROW);
      browser.awaitText("#details-title", id);

      assertThat(browser.count("#workers img, #details img, #workers script")).isZero();
      assertThat(browser.run("return document.title")).isEqualTo("Lookaside");
    }
  }

  @Test
  void aThousandWorkersAreFilteredSortedAndGroupedAndOnlyThoseInSightAreInThePage()
      throws IOException {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded", Fleet.SELDOM);
        Fleet fleet = new Fleet(etcd(lb), Fleet.named(1_000))) {
      browser.open(lb.httpPort());
      browser.awaitText("#workers-count", "1,000");
      assertThat(browser.count(ROW)).isBetween(5, 60);

      browser.type("#filter", "worker-0777");
      await().until(() -> browser.count(ROW) == 1);
      browser.awaitText(ROW, "worker-0777");
      browser.clear("#filter");
      browser.awaitText("#workers-count", "1,000");

      browser.click("[data-column=load] button");
      await()
          .until(() ->
              "descending"
                  .equals(
                      browser.run("return document.querySelector('[data-column=load]').ariaSort")));

      browser.run(
          "document.getElementById('group').value = 'version';"
              + "document.getElementById('group').dispatchEvent(new Event('change'))");
      browser.awaitText("#workers-rows .group", "of 900 ready");
    }
  }

  @Test
  void theKeyboardIsEnough() throws IOException {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded");
        Fleet fleet = new Fleet(etcd(lb), Fleet.named(40))) {
      browser.open(lb.httpPort());
      browser.awaitText("#workers-count", "40");

      browser.press("/");
      assertThat(browser.run("return document.activeElement.id")).isEqualTo("filter");
      browser.run("document.querySelector('#workers-rows [tabindex=\"0\"]').focus()");
      browser.press(Keys.END);
      await()
          .until(() ->
              String.valueOf(browser.run("return document.activeElement.innerText"))
                  .contains("worker-0040"));
      browser.press(Keys.ARROW_UP);
      browser.press(Keys.ENTER);

      browser.awaitText("#details-title", "worker-0039");
      browser.press(Keys.ESCAPE);
      await().until(() -> browser.text("#details-title").isEmpty());
    }
  }

  @Test
  void aBalancerThatIsGoneIsSaidToBeAndThePageComesBackWithIt() {
    int port;
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded")) {
      port = lb.httpPort();
      browser.open(port);
      browser.awaitText(PILL, "Live");
    }
    browser.awaitText(PILL, "Disconnected");
    browser.awaitText("#notice", "has not answered for");

    try (RunningLb again = RunningLb.start("--lb.registry=embedded", "--server.port=" + port)) {
      browser.awaitText(PILL, "Live");
      assertThat(browser.text("#notice")).isEmpty();
    }
  }

  @Test
  void aRegistryThatWasNeverReadIsSaidToBe() {
    try (RunningLb lb = RunningLb.start(RunningLb.ETCD_AWAY)) {
      browser.open(lb.httpPort());

      browser.awaitText(PILL, "Stale");
      browser.awaitText("#notice", "was not read yet");
    }
  }

  private static URI etcd(RunningLb lb) {
    return lb.context().getBean(EmbeddedEtcd.class).clientUri();
  }
}
