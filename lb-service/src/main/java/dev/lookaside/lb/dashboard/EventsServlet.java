package dev.lookaside.lb.dashboard;

import dev.lookaside.lb.access.Sights;
import dev.lookaside.security.http.HttpCaller;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The stream of a page: server-sent events, written without a thread that waits. */
public final class EventsServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient Pages pages;
  private final transient Sights sights;

  public EventsServlet(Pages pages, Sights sights) {
    this.pages = pages;
    this.sights = sights;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!pages.hasRoom()) {
      refuse(response);
      return;
    }
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext call = request.startAsync();
    call.setTimeout(0);
    Page page = new Page(response.getOutputStream(), call::complete);
    call.addListener(new Ending(page));
    response.getOutputStream().setWriteListener(page);
    if (!pages.open(page, sights.of(HttpCaller.of(request)))) {
      page.end();
    }
  }

  private void refuse(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setHeader("Retry-After", "10");
    response.setContentType("text/plain");
    response
        .getWriter()
        .println("too many pages are open (expected: at most " + pages.most() + ")");
  }

  private final class Ending implements AsyncListener {
    private final Page page;

    Ending(Page page) {
      this.page = page;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      pages.gone(page);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      page.end();
    }

    @Override
    public void onError(AsyncEvent event) {
      pages.gone(page);
      page.end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // Never again.
    }
  }
}
