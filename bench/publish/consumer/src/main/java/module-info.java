/** What a program on the module path has to say: the backends come as services. */
module com.example.digits {
  requires dev.vitrine.xai;
}
