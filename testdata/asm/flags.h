// Flags of TEXT and GLOBL, and access to g, for the tests of this directory.
#define NOSPLIT 4
#define RODATA 8
#define NOPTR 16
#define WRAPPER 32
#define NEEDCTXT 64
#define NOFRAME 512
#define TOPFRAME 2048

#define get_tls(r) MOVQ TLS, r
#define g(r) 0(r)(TLS*1)
