package dev.lookaside.lb.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.load.Completion;
import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.lb.admin.Control;
import dev.lookaside.lb.admin.EndpointStatus;
import dev.lookaside.lb.admin.Note;
import dev.lookaside.lb.admin.ServiceStatus;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.lb.traffic.EndpointCondition;
import dev.lookaside.testing.etcd.RequiresChromium;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What operators change and ask by the page, in a real browser. */
@RequiresChromium
class DashboardControlsTest {
  private static final Note BY_ANOTHER = new Note("alice", "none", "", OptionalLong.empty());

  private static RunningLb lb;
  private static Fleet fleet;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    lb =
        RunningLb.start(
            "--lb.registry=embedded",
            "--lb.type=rr",
            "--lb.slow-start=0s",
            "--lb.decisions.sample=1");
    fleet = new Fleet(lb.context().getBean(EmbeddedEtcd.class).clientUri(), Fleet.named(3));
    browser = new Browser();
  }

  @AfterAll
  static void stop() {
    browser.close();
    fleet.close();
    lb.close();
  }

  @BeforeEach
  void open() {
    browser.open(lb.httpPort());
    browser.awaitText("#figures", "3 / 3");
    browser.awaitText("#policy", "rr");
  }

  @Test
  void aWorkerIsDrainedAndUndrainedByTheKeyboardAlone() {
    browser.focus("#workers-rows [data-number]");
    browser.press(Keys.ENTER);
    browser.awaitText("#details-title", "worker-0001");
    browser.focusByTab("details-drain");
    browser.press(Keys.ENTER);
    browser.awaitText("#confirm-title", "Drain worker-0001?");
    browser.press("a new disk", Keys.ENTER);

    browser.awaitText("#said", "worker-0001 is drained.");
    await().until(() -> endpoint().condition() == EndpointCondition.DRAINING);
    assertThat(endpoint().decided().drained().orElseThrow().why()).isEqualTo("a new disk");
    browser.awaitText("#details", "drained by dashboard at 127.0.0.1");
    browser.awaitText("#figures", "2 / 3");
    assertThat(browser.text("#workers-rows [data-number] em")).isEqualTo("drained");

    browser.focusByTab("details-undrain");
    browser.press(Keys.ENTER);
    browser.awaitText("#confirm-title", "Undrain worker-0001?");
    browser.press(Keys.ENTER);
    browser.awaitText("#figures", "3 / 3");
    browser.press(Keys.ESCAPE);
    await().until(() -> browser.text("#details-title").isEmpty());
    assertThat(endpoint().decided().isNone()).isTrue();
  }

  @Test
  void manyThatAreMarkedAreDrainedWithOneConfirmation() {
    browser.focus("#workers-rows [data-number]");
    browser.press(Keys.SPACE);
    browser.awaitText("#selected-count", "1 marked");
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.chord(Keys.SHIFT, Keys.SPACE));
    browser.awaitText("#selected-count", "2 marked");
    assertThat(browser.count("#workers-rows [aria-selected=true]")).isEqualTo(2);
    browser.click("#selected-drain");
    browser.awaitText("#confirm-title", "Drain 2 workers?");
    browser.awaitText("#confirm", "worker-0001, worker-0002 get no new calls");
    browser.press("a new rack", Keys.ENTER);

    browser.awaitText("#said", "2 workers drained.");
    browser.awaitText("#figures", "1 / 3");
    assertThat(service().endpoints().stream().filter(DashboardControlsTest::isDrained).toList())
        .hasSize(2)
        .allMatch(one -> one.decided().drained().orElseThrow().why().equals("a new rack"));

    browser.click("#workers-rows [data-number]:not([aria-selected=true]) .mark");
    browser.awaitText("#selected-count", "3 marked");
    browser.click("#selected-undrain");
    browser.awaitText("#confirm-title", "Undrain 2 workers?");
    browser.press(Keys.ENTER);
    browser.awaitText("#figures", "3 / 3");
    browser.click("#selected-none");
    await().until(() -> browser.count("#selected[hidden]") == 1);
  }

  @Test
  void anEjectedWorkerIsLetBack() {
    Balancer balancer = lb.context().getBean(Balancer.class);
    var failed = Completion.failed(Duration.ofMillis(1));
    for (int i = 0; i < 10; i++) {
      assertThat(balancer.completed("worker", "worker-0003", "1", failed)).isTrue();
    }
    browser.awaitText("#workers-rows [data-number]:nth-child(3)", "ejected");
    browser.click("#workers-rows [data-number]:nth-child(3)");
    browser.click("#details-lift");
    browser.awaitText("#confirm-title", "Let worker-0003 back?");
    browser.press(Keys.ENTER);

    browser.awaitText("#said", "The ejection of worker-0003 is lifted.");
    browser.awaitText("#figures", "3 / 3");
    assertThat(service().endpoints().get(2).condition()).isEqualTo(EndpointCondition.READY);
  }

  @Test
  void recentDecisionsAreListedAndEachIsExplained() {
    var unused =
        LoadBalancerGrpc.newBlockingStub(lb.channel())
            .pick(PickRequest.newBuilder().setService("worker").setClientId("<b>me</b>").build());
    browser.click("#explain");
    browser.awaitText("#why-chosen", "A pick now goes to");
    browser.click("#why-recent");

    browser.awaitText("#why-sampled", "The latest of 100 % of the picks");
    browser.awaitText("#why-list tbody tr", "<b>me</b>");
    browser.click("#why-list tbody tr button");
    browser.awaitText("#why-chosen", "a pick for <b>me</b> went to worker-000");
    assertThat(browser.text("#why-rule")).isNotEmpty();
    assertThat(browser.count("#why tr[data-chosen]")).isEqualTo(1);
    browser.press(Keys.ESCAPE);
  }

  @Test
  void aWeightIsSetWithWhatItWillMeanAndUndone() {
    browser.click("#workers-rows [data-number]");
    browser.clear("#details-weight");
    browser.type("#details-weight", "2", Keys.ENTER);
    browser.awaitText("#confirm", "becomes 50 % (now 33 %)");
    browser.press(Keys.ENTER);
    await().until(() -> endpoint().endpoint().weight() == 2);

    browser.click("#details-reset");
    browser.awaitText("#confirm-title", "the weight that it registered");
    browser.press(Keys.ENTER);
    await().until(() -> endpoint().endpoint().weight() == 1);
  }

  @Test
  void aChangeOfWhatOthersHaveChangedSinceIsRefusedAndSaid() {
    browser.click("#workers-rows [data-number]");
    browser.click("#details-drain");
    browser.awaitText("#confirm-title", "Drain worker-0001?");
    Control control = lb.context().getBean(Control.class);
    control.setWeight("worker", List.of("worker-0002"), 3, BY_ANOTHER).join();
    browser.press(Keys.ENTER);

    browser.awaitText("#confirm .error", "others decided something in revision");
    browser.awaitText("#confirm .error", "decide again on what is shown now");
    assertThat(endpoint().condition()).isEqualTo(EndpointCondition.READY);
    assertThat(browser.count("#confirm button[type=submit]:disabled")).isEqualTo(1);
    control.resetWeight("worker", List.of("worker-0002"), BY_ANOTHER).join();
    await().until(() -> service().endpoints().get(1).decided().isNone());
  }

  @Test
  void thePolicyIsSwitchedAndSharesThatDoNotAddUpAreRefusedInWords() {
    browser.choose("#policy-select", "ll");
    browser.awaitText("#confirm-title", "Pick by ll?");
    browser.press("a try", Keys.ENTER);
    await().until(() -> service().policy().equals("ll"));
    browser.awaitText("#policy", "by dashboard at 127.0.0.1, instead of rr");

    browser.choose("#policy-select", "blend");
    browser.clear("#confirm-field");
    browser.press("ll:0.9,rr:0.3", Keys.ENTER);
    browser.awaitText("#confirm .error", "add up to 1");
    assertThat(service().policy()).isEqualTo("ll");
    browser.press(Keys.ESCAPE);

    browser.choose("#policy-select", "");
    browser.awaitText("#confirm-title", "Pick by rr, as configured?");
    browser.press(Keys.ENTER);
    await().until(() -> service().policy().equals("rr"));
  }

  @Test
  void aPickIsExplainedWithEachCandidateAndTheRuleThatDecided() {
    browser.focus("#explain");
    browser.press(Keys.ENTER);

    browser.awaitText("#why-chosen", "A pick now goes to worker-000");
    assertThat(browser.text("#why-rule")).isNotEmpty();
    assertThat(browser.count("#why tbody tr")).isEqualTo(3);
    assertThat(browser.count("#why tr[data-chosen]")).isEqualTo(1);
    browser.awaitText("#why tbody", "sent since");

    String chosen = browser.text("#why-chosen");
    String seed = browser.text("#why-used");
    browser.type("#why-seed", seed, Keys.ENTER);
    await().until(() -> browser.count("#why [aria-busy]") == 0);
    assertThat(browser.text("#why-used")).isEqualTo(seed);
    assertThat(browser.text("#why-chosen")).isEqualTo(chosen);
    browser.press(Keys.ESCAPE);
    await().until(() -> browser.text("#why-title").isEmpty());
  }

  private static boolean isDrained(EndpointStatus endpoint) {
    return endpoint.condition() == EndpointCondition.DRAINING;
  }

  private static EndpointStatus endpoint() {
    return service().endpoints().get(0);
  }

  private static ServiceStatus service() {
    return lb.context()
        .getBean(dev.lookaside.lb.admin.Fleet.class)
        .statusOf("worker")
        .services()
        .get(0);
  }
}
