package dev.parley.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  private final Addresses addresses =
      new Addresses(List.of("127.0.0.0/8", "10.0.0.0/8", "fd00::/8"), List.of("127.0.0.1"));

  @Test
  void withoutAProxyItIsTheAddressOfTheConnection() {
    assertThat(addresses.bucket("192.0.2.1", List.of())).isEqualTo("192.0.2.1");
  }

  @Test
  void whoIsNoTrustedProxyIsNotBelieved() {
    assertThat(addresses.bucket("192.0.2.1", List.of("203.0.113.9"))).isEqualTo("192.0.2.1");
  }

  @Test
  void behindTrustedProxiesItIsTheNearestAddressThatIsNoProxy() {
    assertThat(addresses.bucket("10.0.0.1", List.of("203.0.113.9, 10.2.3.4")))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void whatAClientPutThereItselfDoesNotCount() {
    assertThat(addresses.bucket("10.0.0.1", List.of("198.51.100.1", "203.0.113.9, 10.2.3.4")))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void behindNothingButProxiesItIsTheFarthest() {
    assertThat(addresses.bucket("127.0.0.1", List.of("10.9.9.9"))).isEqualTo("10.9.9.9");
  }

  @Test
  void wordsInTheHeaderCountForWhoWroteThem() {
    assertThat(addresses.bucket("10.0.0.1", List.of("unknown"))).isEqualTo("10.0.0.1");
  }

  @Test
  void portsAndBracketsAreNoPartOfAnAddress() {
    assertThat(addresses.bucket("10.0.0.1", List.of("203.0.113.9:4711"))).isEqualTo("203.0.113.9");
    assertThat(addresses.bucket("10.0.0.1", List.of("[2001:db8:1:2:3::4]:80")))
        .isEqualTo("2001:db8:1:2:0:0:0:0/64");
  }

  @Test
  void aNetworkOf64BitsIsOneAddress() {
    assertThat(addresses.bucket("2001:db8::1", List.of()))
        .isEqualTo(addresses.bucket("2001:db8::ffff:1", List.of()))
        .isNotEqualTo(addresses.bucket("2001:db8:0:1::1", List.of()));
  }

  @Test
  void anAddressOfIpv4MayBeWrittenAsIpv6() {
    assertThat(addresses.bucket("::ffff:192.0.2.1", List.of())).isEqualTo("192.0.2.1");
    assertThat(addresses.bucket("::ffff:127.0.0.1", List.of())).isNull();
  }

  @Test
  void whoIsExemptHasNoBucket() {
    assertThat(addresses.bucket("127.0.0.1", List.of())).isNull();
    assertThat(addresses.bucket("10.0.0.1", List.of("127.0.0.1"))).isNull();
    assertThat(addresses.bucket("", List.of())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129"})
  void whatIsNoNetworkStopsTheStart(String text) {
    assertThatThrownBy(() -> new Addresses(List.of(text), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
