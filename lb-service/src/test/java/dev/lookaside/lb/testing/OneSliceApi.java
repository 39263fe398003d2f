package dev.lookaside.lb.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lookaside.core.endpoint.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** An API server with one EndpointSlice that never changes: of the Service greeter, one pod. */
public final class OneSliceApi implements AutoCloseable {
  private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices";

  private final HttpServer server;
  private final String list;

  private OneSliceApi(HttpServer server, Address pod) {
    this.server = server;
    this.list =
        """
        {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSliceList",
         "metadata": {"resourceVersion": "17"},
         "items": [{
           "metadata": {"name": "greeter-1", "namespace": "shop", "resourceVersion": "12",
             "labels": {"kubernetes.io/service-name": "greeter", "lookaside.dev/balance": "true"}},
           "addressType": "IPv4",
           "ports": [{"name": "grpc", "port": %d}],
           "endpoints": [{"addresses": ["%s"], "conditions": {"ready": true},
             "targetRef": {"kind": "Pod", "name": "greeter-pod", "uid": "u1"}}]}]}
        """
            .formatted(pod.port(), pod.host());
  }

  public static OneSliceApi start(Address pod) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OneSliceApi api = new OneSliceApi(server, pod);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(SLICES, api::answer);
    server.start();
    return api;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) {
    try {
      boolean isWatch = String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
      byte[] body = list.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      if ("websocket".equals(exchange.getRequestHeaders().getFirst("Upgrade"))) {
        exchange.sendResponseHeaders(200, -1); // no web sockets here: clients go on with plain HTTP
        exchange.close();
      } else if (isWatch) {
        exchange.sendResponseHeaders(200, 0); // open, with nothing to say
      } else {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
