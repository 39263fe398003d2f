package dev.lookaside.security.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.security.config.SecurityProperties.Changes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Without {@code security.enabled}: who may change something. */
final class HttpGuardTest {
  private final HttpGuard guard = new HttpGuard(Optional.empty(), Changes.THIS_MACHINE);

  @Test
  void everybodyReads() throws Exception {
    MockHttpServletRequest request = request("GET");
    request.setRemoteAddr("192.0.2.7");
    request.addHeader("Origin", "https://evil.example");
    assertThat(status(request)).isEqualTo("200");
  }

  @Test
  void aProgramOnThisMachineChanges() throws Exception {
    assertThat(status(request("POST"))).isEqualTo("200");
    MockHttpServletRequest v6 = request("DELETE");
    v6.setRemoteAddr("::1");
    v6.removeHeader("Host");
    v6.addHeader("Host", "[::1]:8080");
    assertThat(status(v6)).isEqualTo("200");
  }

  @Test
  void nobodyElsewhereChanges() throws Exception {
    MockHttpServletRequest request = request("POST");
    request.setRemoteAddr("192.0.2.7");
    assertThat(status(request)).startsWith("403 it comes from 192.0.2.7 (expected: this machine");
  }

  @Test
  void thePageOfAnotherSiteMakesNoBrowserChangeAnything() throws Exception {
    MockHttpServletRequest byOrigin = request("POST");
    byOrigin.addHeader("Origin", "https://evil.example");
    assertThat(status(byOrigin))
        .isEqualTo(
            "403 Origin is 'https://evil.example' (expected: http://localhost:8080, or no"
                + " browser)");
    MockHttpServletRequest bySite = request("POST");
    bySite.addHeader("Sec-Fetch-Site", "cross-site");
    assertThat(status(bySite)).startsWith("403 Sec-Fetch-Site is 'cross-site'");
  }

  @Test
  void aNameThatWasMadeToLeadHereIsNotThisMachine() throws Exception {
    MockHttpServletRequest request = request("POST");
    request.removeHeader("Host");
    request.addHeader("Host", "evil.example:8080");
    request.addHeader("Origin", "http://evil.example:8080");
    request.addHeader("Sec-Fetch-Site", "same-origin");
    assertThat(status(request))
        .isEqualTo("403 Host is 'evil.example' (expected: localhost, or an IP address)");
  }

  @Test
  void ourOwnPageChanges() throws Exception {
    MockHttpServletRequest request = request("POST");
    request.addHeader("Origin", "http://localhost:8080");
    request.addHeader("Sec-Fetch-Site", "same-origin");
    assertThat(status(request)).isEqualTo("200");
  }

  @Test
  void aPageLearnsBeforehandWhetherItsReaderCanChangeAnything() throws Exception {
    MockHttpServletRequest here = request("GET");
    status(here);
    assertThat(HttpGuard.refusalOfChanges(here)).isEmpty();

    MockHttpServletRequest elsewhere = request("GET");
    elsewhere.setRemoteAddr("192.0.2.7");
    status(elsewhere);
    assertThat(HttpGuard.refusalOfChanges(elsewhere).orElseThrow())
        .startsWith("it comes from 192.0.2.7 (expected: this machine");

    assertThat(HttpGuard.refusalOfChanges(request("GET")).orElseThrow())
        .isEqualTo("nobody guards /api/drain");
  }

  private static MockHttpServletRequest request(String method) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, "/api/drain");
    request.addHeader("Host", "localhost:8080");
    return request;
  }

  private String status(MockHttpServletRequest request) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    guard.doFilter(request, response, new MockFilterChain());
    return (response.getStatus() + " " + response.getContentAsString()).strip();
  }
}
