package dev.vitrine.bench.studio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A web server with one page: {@code Studio.open(…)} serves until closed.
 *
 * <p>Each request has a virtual thread; models are safe for many, and {@link Lanes} keeps slow
 * answers from quick ones.
 */
public final class Studio implements AutoCloseable {
  private static final int WARM = 20;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Lanes lanes;
  private final Showcase showcase;
  private final String host;

  private Studio(HttpServer server, String host, Showcase showcase) {
    this.server = server;
    this.host = host;
    this.showcase = showcase;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.lanes = new Lanes();
  }

  /**
   * Shows models with the data they were made for.
   *
   * @param names of the data, then of each model
   * @param port 0 = any that is free
   */
  public static Studio open(
      String data,
      Split split,
      List<String> names,
      List<Model> models,
      Device device,
      String host,
      int port)
      throws IOException {
    // Headers and body are two writes: the second must not wait for the first to be acknowledged.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Seconds after which a client that doesn't send, or doesn't read, is let go.
    System.setProperty("sun.net.httpserver.maxReqTime", "30");
    System.setProperty("sun.net.httpserver.maxRspTime", "120");
    Showcase showcase = Showcase.of(data, split, names, models, device);
    HttpServer server = HttpServer.create();
    try {
      server.bind(new InetSocketAddress(InetAddress.getByName(host), port), 0);
    } catch (BindException e) {
      showcase.close();
      throw new IllegalArgumentException(
          "port %d of %s can't be had (%s): give another one, or 0 for any"
              .formatted(port, host, e.getMessage()),
          e);
    }
    var studio = new Studio(server, host, showcase);
    studio.warm();
    studio.start();
    return studio;
  }

  /** The first strokes shall not wait for compilers: the page's first question, some times. */
  private void warm() {
    var explained = new Explained(lanes);
    var json = new ObjectMapper();
    Object x = showcase.page(showcase.data().test().input(0).toFloats());
    for (int i = 0; i < 2 * showcase.exhibits().size() * WARM; i++) {
      int model = i / 2 % showcase.exhibits().size();
      var question =
          Map.of("model", model, "x", x, "method", Methods.FEW.getLast(), "draft", i % 2 == 0);
      explained.to(new Asked(json.valueToTree(question), showcase));
    }
  }

  private void start() {
    var page = server.createContext("/", new Router(Assets.all(), questions()));
    page.getFilters().add(new Guard(host));
    server.setExecutor(threads);
    server.start();
  }

  private Map<String, HttpHandler> questions() {
    Map<String, Answer> answers =
        Map.of(
            "about", new About(),
            "row", new TestRow(),
            "explain", new Explained(lanes),
            "path", new AlongPath(lanes),
            "erase", new Erased(lanes),
            "tape", new TapeNodes(lanes),
            "node", new NodeValue(),
            "change", new NearestChange(lanes));
    var handlers = new LinkedHashMap<String, HttpHandler>();
    answers.forEach((name, answer) -> handlers.put("/api/" + name, new Api(answer, showcase)));
    return handlers;
  }

  /** Where the page is. */
  public String url() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return "http://%s:%d/".formatted(name, server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    lanes.close();
    showcase.close();
  }
}
