package dev.lookaside.client.xds;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a gRPC client must be told to find its balancers: the file that {@code GRPC_XDS_BOOTSTRAP}
 * names (gRFC A27).
 *
 * @param balancers where they are, the preferred one first; at least one
 * @param language whose library shall read it
 * @param id the client's name, which the balancer shows
 * @param zone where the client is, if that matters
 * @param tls none for plaintext
 */
public record Bootstrap(
    List<Address> balancers,
    Language language,
    String id,
    Optional<String> zone,
    Optional<TlsPaths> tls) {
  private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

  public Bootstrap {
    balancers = List.copyOf(balancers);
    Require.atLeast("number of balancers", balancers.size(), 1);
    Endpoint.requireName("id", id);
    zone.ifPresent(name -> Endpoint.requireName("zone", name));
    tls.ifPresent(files -> requireReadable(files, language));
    if (language == Language.NODE && !isOneUri(balancers)) {
      throw new IllegalArgumentException(
          "lb is '"
              + text(balancers)
              + "' (expected: for node, one name, or numeric addresses of one IP version: it has no"
              + " fall-back to a second name)");
    }
  }

  private static void requireReadable(TlsPaths files, Language language) {
    switch (language.certificates()) {
      case NONE ->
          throw new IllegalArgumentException(
              "--tls-ca is '"
                  + files.ca()
                  + "' (expected: none for "
                  + language
                  + ", whose xDS client connects in plaintext or with Google's credentials only)");
      case OF_THE_RUNTIME ->
          files
              .certificate()
              .ifPresent(path -> {
                throw new IllegalArgumentException(
                    "--tls-cert is '"
                        + path
                        + "' (expected: none for "
                        + language
                        + ", whose xDS client shows no certificate)");
              });
      case IN_THE_BOOTSTRAP -> {}
    }
  }

  /** What there is to do beside the file, a line each. */
  public List<String> notes() {
    return tls.isPresent() && language.certificates() == Language.Certificates.OF_THE_RUNTIME
        ? List.of(
            "java trusts whom its JVM trusts: put "
                + tls.get().ca()
                + " into the trust store (-Djavax.net.ssl.trustStore)")
        : List.of();
  }

  /** The file. */
  public JsonObject json() {
    JsonArray servers = new JsonArray();
    if (fitsOneUri()) {
      servers.add(server(oneUri()));
    } else {
      balancers.forEach(address -> servers.add(server(address.toString())));
    }
    JsonObject json = new JsonObject();
    json.add("xds_servers", servers);
    json.add("node", node());
    return json;
  }

  /** With several addresses in it, a URI names no host that a certificate could be for. */
  private boolean fitsOneUri() {
    return language.servers() == Language.Servers.ONE_URI
        && isOneUri(balancers)
        && (tls.isEmpty() || balancers.size() == 1);
  }

  private JsonObject server(String uri) {
    JsonObject credentials = new JsonObject();
    credentials.addProperty("type", tls.isPresent() ? "tls" : "insecure");
    tls.ifPresent(files -> credentials.add("config", files.json()));
    JsonArray allCredentials = new JsonArray();
    allCredentials.add(credentials);
    JsonArray features = new JsonArray();
    features.add("xds_v3");
    JsonObject server = new JsonObject();
    server.addProperty("server_uri", uri);
    server.add("channel_creds", allCredentials);
    server.add("server_features", features);
    return server;
  }

  /** Node fails with an obscure error where the locality is missing. */
  private JsonObject node() {
    JsonObject locality = new JsonObject();
    zone.ifPresent(name -> locality.addProperty("zone", name));
    JsonObject node = new JsonObject();
    node.addProperty("id", id);
    node.addProperty("cluster", "lookaside");
    node.add("locality", locality);
    return node;
  }

  private String oneUri() {
    String text = text(balancers);
    if (balancers.stream().allMatch(Bootstrap::isIpv4)) {
      return "ipv4:" + text;
    }
    return balancers.stream().allMatch(Bootstrap::isIpv6) ? "ipv6:" + text : "dns:///" + text;
  }

  private static boolean isOneUri(List<Address> balancers) {
    return balancers.size() == 1
        || balancers.stream().allMatch(Bootstrap::isIpv4)
        || balancers.stream().allMatch(Bootstrap::isIpv6);
  }

  private static boolean isIpv4(Address address) {
    return IPV4.matcher(address.host()).matches();
  }

  private static boolean isIpv6(Address address) {
    return address.host().indexOf(':') >= 0;
  }

  private static String text(List<Address> balancers) {
    return balancers.stream().map(Address::toString).collect(Collectors.joining(","));
  }
}
