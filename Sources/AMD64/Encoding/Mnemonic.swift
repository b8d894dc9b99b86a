// Written by Tools/mnemonics.py from the tables; do not edit.

/// Names of instructions: AT&T mnemonics, whose suffix gives the operand size. The raw value
/// is the mnemonic's number in `EncodingTable`.
public enum Mnemonic: UInt16, Sendable, CaseIterable {
  case addb, addw, addl, addq, orb, orw, orl, orq, adcb, adcw, adcl, adcq, sbbb, sbbw, sbbl, sbbq
  case andb, andw, andl, andq, subb, subw, subl, subq, xorb, xorw, xorl, xorq, cmpb, cmpw, cmpl
  case cmpq, testb, testw, testl, testq, notb, notw, notl, notq, negb, negw, negl, negq, incb
  case incw, incl, incq, decb, decw, decl, decq, mulb, mulw, mull, mulq, imulb, imulw, imull
  case imulq, divb, divw, divl, divq, idivb, idivw, idivl, idivq, cbtw, cwtl, cltq, cwtd, cltd
  case cqto, mulxl, mulxq, adcxl, adcxq, adoxl, adoxq, rolb, rolw, roll, rolq, rorb, rorw, rorl
  case rorq, rclb, rclw, rcll, rclq, rcrb, rcrw, rcrl, rcrq, shlb, shlw, shll, shlq, shrb, shrw
  case shrl, shrq, sarb, sarw, sarl, sarq, shldw, shldl, shldq, shrdw, shrdl, shrdq, rorxl, rorxq
  case sarxl, sarxq, shlxl, shlxq, shrxl, shrxq, btw, btl, btq, btsw, btsl, btsq, btrw, btrl
  case btrq, btcw, btcl, btcq, bsfw, bsfl, bsfq, bsrw, bsrl, bsrq, popcntw, popcntl, popcntq
  case lzcntw, lzcntl, lzcntq, tzcntw, tzcntl, tzcntq, bswapl, bswapq, movbew, movbel, movbeq
  case andnl, andnq, blsrl, blsrq, blsmskl, blsmskq, blsil, blsiq, bextrl, bextrq, bzhil, bzhiq
  case pdepl, pdepq, pextl, pextq, seto, setno, setb, setae, sete, setne, setbe, seta, sets
  case setns, setp, setnp, setl, setge, setle, setg, cmovow, cmovnow, cmovbw, cmovaew, cmovew
  case cmovnew, cmovbew, cmovaw, cmovsw, cmovnsw, cmovpw, cmovnpw, cmovlw, cmovgew, cmovlew
  case cmovgw, cmovol, cmovnol, cmovbl, cmovael, cmovel, cmovnel, cmovbel, cmoval, cmovsl
  case cmovnsl, cmovpl, cmovnpl, cmovll, cmovgel, cmovlel, cmovgl, cmovoq, cmovnoq, cmovbq
  case cmovaeq, cmoveq, cmovneq, cmovbeq, cmovaq, cmovsq, cmovnsq, cmovpq, cmovnpq, cmovlq
  case cmovgeq, cmovleq, cmovgq, movb, movw, movl, movq, movd, movabsq, movzbw, movzbl, movzbq
  case movzwl, movzwq, movsbw, movsbl, movsbq, movswl, movswq, movslq, movntil, movntiq, leaw
  case leal, leaq, xchgb, xchgw, xchgl, xchgq, xaddb, xaddw, xaddl, xaddq, cmpxchgb, cmpxchgw
  case cmpxchgl, cmpxchgq, cmpxchg8b, cmpxchg16b, pushq, pushw, popq, popw, pushfq, popfq, leave
  case call, jmp, ret, int3, int, ud1, ud2, hlt, nop, cld, std, clc, stc, cmc, cli, sti, lahf
  case sahf, lock, rep, repne, movsb, movsw, movsl, movsq, stosb, stosw, stosl, stosq, lodsb
  case lodsw, lodsl, lodsq, scasb, scasw, scasl, scasq, cmpsb, cmpsw, cmpsl, cmpsq, xlatb, cpuid
  case xgetbv, rdtsc, rdtscp, rdpmc, rdrandl, rdrandq, rdseedl, rdseedq, syscall, pause, endbr64
  case lfence, mfence, sfence, prefetchnta, prefetcht0, prefetcht1, prefetcht2, prefetchw
  case clflush, clflushopt, rdfsbasel, rdfsbaseq, rdgsbasel, rdgsbaseq, wrfsbasel, wrfsbaseq
  case wrgsbasel, wrgsbaseq, ldmxcsr, stmxcsr, fxsave, fxrstor, xsave, xrstor, nopw, nopl, crc32b
  case crc32w, crc32l, crc32q, movups, movupd, movss, movsd, movaps, movapd, movdqa, movdqu
  case movhlps, movlps, movlpd, movlhps, movhps, movhpd, movddup, movshdup, movsldup, movmskps
  case movmskpd, movntps, movntpd, movntdq, movntdqa, lddqu, maskmovdqu, sqrtps, sqrtpd, sqrtss
  case sqrtsd, rsqrtps, rsqrtss, rcpps, rcpss, andps, andpd, andnps, andnpd, orps, orpd, xorps
  case xorpd, addps, addpd, addss, addsd, mulps, mulpd, mulss, mulsd, subps, subpd, subss, subsd
  case minps, minpd, minss, minsd, divps, divpd, divss, divsd, maxps, maxpd, maxss, maxsd, haddps
  case haddpd, addsubps, addsubpd, ucomiss, ucomisd, comiss, comisd, cmpps, cmppd, cmpss, cmpsd
  case shufps, shufpd, unpcklps, unpcklpd, unpckhps, unpckhpd, cvtsi2ssl, cvtsi2ssq, cvtsi2sdl
  case cvtsi2sdq, cvttss2sil, cvttss2siq, cvttsd2sil, cvttsd2siq, cvtss2sil, cvtss2siq, cvtsd2sil
  case cvtsd2siq, cvtss2sd, cvtsd2ss, cvtps2pd, cvtpd2ps, cvtdq2ps, cvtps2dq, cvttps2dq, cvtdq2pd
  case cvtpd2dq, cvttpd2dq, roundps, roundpd, roundss, roundsd, punpcklbw, punpcklwd, punpckldq
  case packsswb, pcmpgtb, pcmpgtw, pcmpgtd, packuswb, punpckhbw, punpckhwd, punpckhdq, packssdw
  case punpcklqdq, punpckhqdq, pshufd, pshufhw, pshuflw, pcmpeqb, pcmpeqw, pcmpeqd, pinsrw
  case pextrw, paddq, pmullw, pmovmskb, psubusb, psubusw, pminub, pand, paddusb, paddusw, pmaxub
  case pandn, pavgb, pavgw, pmulhuw, pmulhw, psubsb, psubsw, pminsw, por, paddsb, paddsw, pmaxsw
  case pxor, pmuludq, pmaddwd, psadbw, psubb, psubw, psubd, psubq, paddb, paddw, paddd, psrlw
  case psrld, psrlq, psrldq, psraw, psrad, psllw, pslld, psllq, pslldq, pshufb, phaddw, phaddd
  case pmaddubsw, psignb, psignw, psignd, pmulhrsw, pabsb, pabsw, pabsd, palignr, pblendvb
  case blendvps, blendvpd, ptest, pmovsxbw, pmovsxbd, pmovsxbq, pmovsxwd, pmovsxwq, pmovsxdq
  case pmuldq, pcmpeqq, packusdw, pmovzxbw, pmovzxbd, pmovzxbq, pmovzxwd, pmovzxwq, pmovzxdq
  case pcmpgtq, pminsb, pminsd, pminuw, pminud, pmaxsb, pmaxsd, pmaxuw, pmaxud, pmulld
  case phminposuw, blendps, blendpd, pblendw, pextrb, pextrd, pextrq, extractps, pinsrb, insertps
  case pinsrd, pinsrq, mpsadbw, pcmpestrm, pcmpestri, pcmpistrm, pcmpistri, pclmulqdq, aesimc
  case aesenc, aesenclast, aesdec, aesdeclast, aeskeygenassist, sha1nexte, sha1msg1, sha1msg2
  case sha256rnds2, sha256msg1, sha256msg2, sha1rnds4, vmovups, vmovupd, vmovaps, vmovapd
  case vmovdqa, vmovdqu, vmovss, vmovsd, vmovd, vmovq, vmovntdq, vmovntps, vmovntpd, vmovntdqa
  case vlddqu, vmovddup, vmovshdup, vmovsldup, vmovmskps, vmovmskpd, vmovlps, vmovhps, vmovlpd
  case vmovhpd, vmovhlps, vmovlhps, vzeroupper, vzeroall, vldmxcsr, vstmxcsr, vsqrtps, vsqrtpd
  case vsqrtss, vsqrtsd, vaddps, vaddpd, vaddss, vaddsd, vmulps, vmulpd, vmulss, vmulsd, vsubps
  case vsubpd, vsubss, vsubsd, vminps, vminpd, vminss, vminsd, vdivps, vdivpd, vdivss, vdivsd
  case vmaxps, vmaxpd, vmaxss, vmaxsd, vandps, vandpd, vandnps, vandnpd, vorps, vorpd, vxorps
  case vxorpd, vunpcklps, vunpcklpd, vunpckhps, vunpckhpd, vhaddps, vhaddpd, vaddsubps, vaddsubpd
  case vrcpps, vrsqrtps, vucomiss, vucomisd, vcomiss, vcomisd, vcmpps, vcmppd, vcmpss, vcmpsd
  case vshufps, vshufpd, vcvtsi2ssl, vcvtsi2ssq, vcvtsi2sdl, vcvtsi2sdq, vcvttss2sil, vcvttss2siq
  case vcvttsd2sil, vcvttsd2siq, vcvtss2sd, vcvtsd2ss, vcvtdq2ps, vcvtps2dq, vcvttps2dq
  case vcvtdq2pd, vcvtps2pd, vroundps, vroundpd, vroundss, vroundsd, vdpps, vtestps, vtestpd
  case vfmaddsub132ps, vfmaddsub132pd, vfmaddsub213ps, vfmaddsub213pd, vfmaddsub231ps
  case vfmaddsub231pd, vfmsubadd132ps, vfmsubadd132pd, vfmsubadd213ps, vfmsubadd213pd
  case vfmsubadd231ps, vfmsubadd231pd, vfmadd132ps, vfmadd132pd, vfmadd132ss, vfmadd132sd
  case vfmadd213ps, vfmadd213pd, vfmadd213ss, vfmadd213sd, vfmadd231ps, vfmadd231pd, vfmadd231ss
  case vfmadd231sd, vfmsub132ps, vfmsub132pd, vfmsub132ss, vfmsub132sd, vfmsub213ps, vfmsub213pd
  case vfmsub213ss, vfmsub213sd, vfmsub231ps, vfmsub231pd, vfmsub231ss, vfmsub231sd, vfnmadd132ps
  case vfnmadd132pd, vfnmadd132ss, vfnmadd132sd, vfnmadd213ps, vfnmadd213pd, vfnmadd213ss
  case vfnmadd213sd, vfnmadd231ps, vfnmadd231pd, vfnmadd231ss, vfnmadd231sd, vfnmsub132ps
  case vfnmsub132pd, vfnmsub132ss, vfnmsub132sd, vfnmsub213ps, vfnmsub213pd, vfnmsub213ss
  case vfnmsub213sd, vfnmsub231ps, vfnmsub231pd, vfnmsub231ss, vfnmsub231sd, vpunpcklbw
  case vpunpcklwd, vpunpckldq, vpacksswb, vpcmpgtb, vpcmpgtw, vpcmpgtd, vpackuswb, vpunpckhbw
  case vpunpckhwd, vpunpckhdq, vpackssdw, vpunpcklqdq, vpunpckhqdq, vpcmpeqb, vpcmpeqw, vpcmpeqd
  case vpmullw, vpsubusb, vpsubusw, vpminub, vpaddusb, vpaddusw, vpmaxub, vpavgb, vpavgw
  case vpmulhuw, vpmulhw, vpsubsb, vpsubsw, vpminsw, vpaddsb, vpaddsw, vpmaxsw, vpmuludq
  case vpmaddwd, vpsadbw, vpsubb, vpsubw, vpaddb, vpaddw, vpand, vpandd, vpandq, vpandn, vpandnd
  case vpandnq, vpor, vpord, vporq, vpxor, vpxord, vpxorq, vpsubd, vpsubq, vpaddd, vpaddq, vpsrlw
  case vpsraw, vpsllw, vpsrld, vpsrad, vpslld, vpsrlq, vpsllq, vpsrldq, vpslldq, vpshufd
  case vpshufhw, vpshuflw, vpmovmskb, vpinsrw, vpextrw, vpshufb, vphaddw, vphaddd, vpmaddubsw
  case vpsignb, vpsignw, vpsignd, vpmulhrsw, vpmuldq, vpcmpeqq, vpackusdw, vpcmpgtq, vpminsb
  case vpminsd, vpminuw, vpminud, vpmaxsb, vpmaxsd, vpmaxuw, vpmaxud, vpmulld, vpabsb, vpabsw
  case vpabsd, vptest, vpmovsxbw, vpmovzxbw, vpmovsxbd, vpmovzxbd, vpmovsxbq, vpmovzxbq
  case vpmovsxwd, vpmovzxwd, vpmovsxwq, vpmovzxwq, vpmovsxdq, vpmovzxdq, vpsrlvd, vpsrlvq
  case vpsravd, vpsllvd, vpsllvq, vpermd, vpermps, vpermilps, vpermilpd, vbroadcastss
  case vbroadcastsd, vbroadcastf128, vbroadcasti128, vpbroadcastb, vpbroadcastw, vpbroadcastd
  case vpbroadcastq, vpmaskmovd, vpmaskmovq, vmaskmovps, vmaskmovpd, vpermq, vpermpd, vpblendd
  case vperm2f128, vperm2i128, vblendps, vblendpd, vpblendw, vpalignr, vpextrb, vpextrd, vpextrq
  case vextractps, vinsertf128, vextractf128, vinserti128, vextracti128, vpinsrb, vinsertps
  case vpinsrd, vpinsrq, vblendvps, vblendvpd, vpblendvb, vmpsadbw, vpcmpestri, vpcmpistri
  case vpclmulqdq, vaesenc, vaesenclast, vaesdec, vaesdeclast, vaesimc, vaeskeygenassist
  case vgf2p8affineqb, vgf2p8mulb, vmovdqu8, vmovdqu16, vmovdqu32, vmovdqu64, vmovdqa32
  case vmovdqa64, vpternlogd, vpternlogq, vprold, vprolq, vprord, vprorq, vprolvd, vprolvq
  case vprorvd, vprorvq, vpsraq, vpsravq, vpermb, vpermw, vpermi2b, vpermi2w, vpermi2d, vpermi2q
  case vpermt2b, vpermt2w, vpermt2d, vpermt2q, vpopcntb, vpopcntw, vpopcntd, vpopcntq, vplzcntd
  case vplzcntq, vpmullq, vpmultishiftqb, vpcompressd, vpcompressq, vpexpandd, vpexpandq, vpcmpub
  case vpcmpuw, vpcmpud, vpcmpuq, vpcmpb, vpcmpw, vpcmpd, vpcmpq, vptestmb, vptestmd, vptestmq
  case vptestnmb, vpmovm2b, vpmovb2m, vextracti32x4, vextractf32x4, vextracti64x4, vextractf64x4
  case vextracti64x2, vinserti32x4, vinserti64x2, vinserti64x4, vshufi64x2, vshufi32x4
  case vbroadcasti32x4, vbroadcasti64x2, vbroadcasti64x4, valignq, valignd, vpblendmq, vpblendmd
  case vpblendmb, kmovb, kmovw, kmovd, kmovq, kandb, kandw, kandd, kandq, kandnb, kandnw, kandnd
  case kandnq, korb, korw, kord, korq, kxnorb, kxnorw, kxnord, kxnorq, kxorb, kxorw, kxord, kxorq
  case kaddb, kaddw, kaddd, kaddq, kunpckbw, kunpckwd, kunpckdq, knotb, knotw, knotd, knotq
  case kortestb, kortestw, kortestd, kortestq, ktestb, ktestw, ktestd, ktestq, kshiftrb, kshiftrw
  case kshiftrd, kshiftrq, kshiftlb, kshiftlw, kshiftld, kshiftlq
}
