package dev.lookaside.registry.address;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "240.0.0.1",
        "2852039166",
        "0xa9fea9fe",
        "0xA9.0xFE.0xA9.0xFE",
        "169.254.43518",
        "0251.0376.0251.0376",
        "127.1",
        "169.254.169.254.",
      })
  void refusesWhatNoClientShouldBeSentTo(String host) {
    assertThatThrownBy(() -> AddressRules.defaults().check(new Address(host, 80)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageFindingMatch("(address|host) is '");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "203.0.113.9",
        "2001:db8::7",
        "localhost",
        "w1.example.",
        "w-1"
      })
  void acceptsOrdinaryHosts(String host) {
    assertThatCode(() -> AddressRules.defaults().check(new Address(host, 80)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.255.255",
        "::ffff:10.1.0.1",
        "2001:db8::7",
        "W1.svc.example",
        "one.example."
      })
  void anAllowListAdmitsItsNetworksNamesAndSuffixes(String host) {
    assertThatCode(() -> allowList().check(new Address(host, 80))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.2.0.0",
        "2001:db9::7",
        "svc.example",
        "xsvc.example",
        "two.example",
        "127.0.0.1"
      })
  void anAllowListRefusesEverythingElse(String host) {
    assertThatThrownBy(() -> allowList().check(new Address(host, 80)))
        .hasMessageContaining("(expected: one of [10.1.0.0/16, ");
  }

  @Test
  void anAllowListDoesNotAdmitALinkLocalAddress() {
    AddressRules everything = AddressRules.allowing(List.of("0.0.0.0/0"));

    assertThatThrownBy(() -> everything.check(new Address("169.254.169.254", 80)))
        .hasMessageContaining("link-local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/", "", "a b", "http://x"})
  void anEntryThatIsNeitherIsNamed(String entry) {
    assertThatThrownBy(() -> AddressRules.allowing(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed address is '" + entry + "'");
  }

  private static AddressRules allowList() {
    return AddressRules.allowing(
        List.of("10.1.0.0/16", "2001:db8::/32", ".svc.example", "one.example"));
  }
}
