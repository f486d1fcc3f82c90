/** What every backend promises: the bits of the scalar one. Module native runs these tests too. */
package dev.vitrine.tensor.kernel.backend;
