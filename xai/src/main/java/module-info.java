/** Explainers and their pictures. */
@SuppressWarnings("requires-automatic") // EJML, JFreeChart and Batik describe no module
module dev.vitrine.xai {
  requires ejml.core;
  requires ejml.ddense;
  requires org.apache.xmlgraphics.batik.svggen;
  requires org.jfree.jfreechart;
  requires transitive dev.vitrine.nn;
  requires static org.jspecify;
  requires transitive java.desktop;

  exports dev.vitrine.xai.chart;
  exports dev.vitrine.xai.embed;
  exports dev.vitrine.xai.example;
  exports dev.vitrine.xai.global;
  exports dev.vitrine.xai.gradient;
  exports dev.vitrine.xai.inside;
  exports dev.vitrine.xai.layer;
  exports dev.vitrine.xai.lime;
  exports dev.vitrine.xai.linear;
  exports dev.vitrine.xai.metric;
  exports dev.vitrine.xai.perturb;
  exports dev.vitrine.xai.rule;
  exports dev.vitrine.xai.segment;
  exports dev.vitrine.xai.shapley;
  exports dev.vitrine.xai.train;
  exports dev.vitrine.xai.view;
  exports dev.vitrine.xai;
}
