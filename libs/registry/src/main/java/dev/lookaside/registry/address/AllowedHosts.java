package dev.lookaside.registry.address;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Locale;

/** One entry of the allow-list of {@link AddressRules}. */
sealed interface AllowedHosts {

  boolean allows(HostBits host);

  /** Reads {@code 10.0.0.0/8}, {@code 10.1.2.3}, {@code w1.example} or {@code .example}. */
  static AllowedHosts parse(String text) {
    String entry = text.strip().toLowerCase(Locale.ROOT);
    int slash = entry.indexOf('/');
    String host = slash < 0 ? entry : entry.substring(0, slash);
    if (InetAddresses.isInetAddress(host)) {
      InetAddress network = InetAddresses.forString(host);
      int width = network.getAddress().length * 8;
      return new Network(network, slash < 0 ? width : prefix(text, entry, slash, width));
    }
    if (!entry.matches("\\.?[a-z0-9_-]+(\\.[a-z0-9_-]+)*")) {
      throw new IllegalArgumentException(
          "allowed address is '"
              + text
              + "' (expected: a network such as 10.0.0.0/8, a host such as w1.example, or a suffix"
              + " such as .example)");
    }
    return entry.startsWith(".") ? new Suffix(entry) : new Name(entry);
  }

  private static int prefix(String text, String entry, int slash, int width) {
    String digits = entry.substring(slash + 1);
    if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > width) {
      throw new IllegalArgumentException(
          "allowed address is '" + text + "' (expected: a prefix length of 0 to " + width + ")");
    }
    return Integer.parseInt(digits);
  }

  /** All addresses that share the first bits. */
  record Network(InetAddress base, int prefixLength) implements AllowedHosts {
    @Override
    public boolean allows(HostBits host) {
      return host.bits().map(this::contains).orElse(false);
    }

    private boolean contains(InetAddress address) {
      byte[] ours = base.getAddress();
      byte[] theirs = address.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < prefixLength; bit++) {
        int mask = 0x80 >> (bit & 7);
        if (((ours[bit >> 3] ^ theirs[bit >> 3]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return base.getHostAddress() + "/" + prefixLength;
    }
  }

  /** One host by name. */
  record Name(String name) implements AllowedHosts {
    @Override
    public boolean allows(HostBits host) {
      return host.bits().isEmpty() && host.name().equals(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** All hosts whose name ends so; the suffix starts with a dot. */
  record Suffix(String suffix) implements AllowedHosts {
    @Override
    public boolean allows(HostBits host) {
      return host.bits().isEmpty() && host.name().endsWith(suffix);
    }

    @Override
    public String toString() {
      return suffix;
    }
  }
}
