package dev.lookaside.lb;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.access.Sights;
import dev.lookaside.lb.config.LbProperties;
import dev.lookaside.lb.dashboard.EventsServlet;
import dev.lookaside.lb.dashboard.LastCensus;
import dev.lookaside.lb.dashboard.PageFiles;
import dev.lookaside.lb.dashboard.PageHeaders;
import dev.lookaside.lb.dashboard.Pages;
import dev.lookaside.lb.dashboard.Sources;
import dev.lookaside.lb.pick.Answers;
import dev.lookaside.lb.registry.Balancers;
import dev.lookaside.lb.registry.RegistryAge;
import dev.lookaside.lb.report.CallMeters;
import dev.lookaside.lb.subscribe.Subscriptions;
import dev.lookaside.registry.view.RegistrySource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page of the operators: its files, and the stream that keeps it up to date. */
@Configuration(proxyBeanMethods = false)
class DashboardConfiguration {

  @Bean
  Sources dashboardSources(
      RegistrySource watch,
      LbProperties lb,
      Balancer balancer,
      LoadTracker loads,
      Answers answers,
      CallMeters calls,
      RegistryAge age,
      Balancers balancers,
      Subscriptions subscriptions) {
    return new Sources(
        watch::view,
        lb::typeOf,
        balancer,
        loads,
        answers::picks,
        calls::totals,
        age,
        balancers,
        new LastCensus(subscriptions::census));
  }

  @Bean(initMethod = "start")
  Pages dashboardPages(Sources sources, LbProperties lb, Ticker ticker) {
    return new Pages(sources, lb.dashboard().pages(), ticker);
  }

  @Bean
  ServletRegistrationBean<EventsServlet> dashboardEvents(Pages pages, Sights sights) {
    var servlet =
        new ServletRegistrationBean<>(new EventsServlet(pages, sights), "/dashboard/events");
    servlet.setAsyncSupported(true);
    return servlet;
  }

  @Bean
  FilterRegistrationBean<PageHeaders> dashboardHeaders() {
    var filter = new FilterRegistrationBean<>(new PageHeaders());
    filter.addUrlPatterns("/", "/dashboard/*");
    filter.setAsyncSupported(true);
    return filter;
  }

  @Bean
  PageFiles dashboardFiles() {
    return new PageFiles();
  }
}
