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
  case cmpxchgl, cmpxchgq, cmpxchg8b, cmpxchg16b, pushq, pushw, popq, popw, pushfq, popfq, iretq
  case leave, call, jmp, ret, int3, int, ud1, ud2, hlt, nop, cld, std, clc, stc, cmc, cli, sti
  case lahf, sahf, lock, rep, repne, movsb, movsw, movsl, movsq, stosb, stosw, stosl, stosq
  case lodsb, lodsw, lodsl, lodsq, scasb, scasw, scasl, scasq, cmpsb, cmpsw, cmpsl, cmpsq, xlatb
  case cpuid, xgetbv, xsetbv, rdtsc, rdtscp, rdpmc, rdrandl, rdrandq, rdseedl, rdseedq, syscall
  case pause, endbr64, lfence, mfence, sfence, prefetchnta, prefetcht0, prefetcht1, prefetcht2
  case prefetchw, clflush, clflushopt, rdfsbasel, rdfsbaseq, rdgsbasel, rdgsbaseq, wrfsbasel
  case wrfsbaseq, wrgsbasel, wrgsbaseq, ldmxcsr, stmxcsr, fxsave, fxrstor, fxsave64, fxrstor64
  case xsave64, xrstor64, xsaveopt, clwb, xsave, xrstor, nopw, nopl, crc32b, crc32w, crc32l
  case crc32q, movups, movupd, movss, movsd, movaps, movapd, movdqa, movdqu, movhlps, movlps
  case movlpd, movlhps, movhps, movhpd, movddup, movshdup, movsldup, movmskps, movmskpd, movntps
  case movntpd, movntdq, movntdqa, lddqu, maskmovdqu, sqrtps, sqrtpd, sqrtss, sqrtsd, rsqrtps
  case rsqrtss, rcpps, rcpss, andps, andpd, andnps, andnpd, orps, orpd, xorps, xorpd, addps
  case addpd, addss, addsd, mulps, mulpd, mulss, mulsd, subps, subpd, subss, subsd, minps, minpd
  case minss, minsd, divps, divpd, divss, divsd, maxps, maxpd, maxss, maxsd, haddps, hsubps
  case hsubpd, haddpd, addsubps, addsubpd, ucomiss, ucomisd, comiss, comisd, cmpps, cmppd, cmpss
  case cmpsd, shufps, shufpd, unpcklps, unpcklpd, unpckhps, unpckhpd, cvtsi2ssl, cvtsi2ssq
  case cvtsi2sdl, cvtsi2sdq, cvttss2sil, cvttss2siq, cvttsd2sil, cvttsd2siq, cvtss2sil, cvtss2siq
  case cvtsd2sil, cvtsd2siq, cvtss2sd, cvtsd2ss, cvtps2pd, cvtpd2ps, cvtdq2ps, cvtps2dq
  case cvttps2dq, cvtdq2pd, cvtpd2dq, cvttpd2dq, roundps, roundpd, roundss, roundsd, punpcklbw
  case punpcklwd, punpckldq, packsswb, pcmpgtb, pcmpgtw, pcmpgtd, packuswb, punpckhbw, punpckhwd
  case punpckhdq, packssdw, punpcklqdq, punpckhqdq, pshufd, pshufhw, pshuflw, pcmpeqb, pcmpeqw
  case pcmpeqd, pinsrw, pextrw, paddq, pmullw, pmovmskb, psubusb, psubusw, pminub, pand, paddusb
  case paddusw, pmaxub, pandn, pavgb, pavgw, pmulhuw, pmulhw, psubsb, psubsw, pminsw, por, paddsb
  case paddsw, pmaxsw, pxor, pmuludq, pmaddwd, psadbw, psubb, psubw, psubd, psubq, paddb, paddw
  case paddd, psrlw, psrld, psrlq, psrldq, psraw, psrad, psllw, pslld, psllq, pslldq, pshufb
  case phaddw, phaddd, phaddsw, phsubw, phsubd, phsubsw, pmaddubsw, psignb, psignw, psignd
  case pmulhrsw, pabsb, pabsw, pabsd, palignr, pblendvb, blendvps, blendvpd, ptest, pmovsxbw
  case pmovsxbd, pmovsxbq, pmovsxwd, pmovsxwq, pmovsxdq, pmuldq, pcmpeqq, packusdw, pmovzxbw
  case pmovzxbd, pmovzxbq, pmovzxwd, pmovzxwq, pmovzxdq, pcmpgtq, pminsb, pminsd, pminuw, pminud
  case pmaxsb, pmaxsd, pmaxuw, pmaxud, pmulld, phminposuw, blendps, blendpd, pblendw, pextrb
  case pextrd, pextrq, extractps, pinsrb, insertps, pinsrd, pinsrq, dpps, dppd, mpsadbw
  case pcmpestrm, pcmpestri, pcmpistrm, pcmpistri, pclmulqdq, aesimc, aesenc, aesenclast, aesdec
  case aesdeclast, aeskeygenassist, sha1nexte, sha1msg1, sha1msg2, sha256rnds2, sha256msg1
  case sha256msg2, sha1rnds4, vmovups, vmovupd, vmovaps, vmovapd, vmovdqa, vmovdqu, vmovss
  case vmovsd, vmovd, vmovq, vmovntdq, vmovntps, vmovntpd, vmovntdqa, vlddqu, vmovddup, vmovshdup
  case vmovsldup, vmovmskps, vmovmskpd, vmovlps, vmovhps, vmovlpd, vmovhpd, vmovhlps, vmovlhps
  case vzeroupper, vzeroall, vldmxcsr, vstmxcsr, vsqrtps, vsqrtpd, vsqrtss, vsqrtsd, vaddps
  case vaddpd, vaddss, vaddsd, vmulps, vmulpd, vmulss, vmulsd, vsubps, vsubpd, vsubss, vsubsd
  case vminps, vminpd, vminss, vminsd, vdivps, vdivpd, vdivss, vdivsd, vmaxps, vmaxpd, vmaxss
  case vmaxsd, vandps, vandpd, vandnps, vandnpd, vorps, vorpd, vxorps, vxorpd, vunpcklps
  case vunpcklpd, vunpckhps, vunpckhpd, vhaddps, vhaddpd, vaddsubps, vaddsubpd, vrcpps, vrsqrtps
  case vucomiss, vucomisd, vcomiss, vcomisd, vcmpps, vcmppd, vcmpss, vcmpsd, vshufps, vshufpd
  case vcvtsi2ssl, vcvtsi2ssq, vcvtsi2sdl, vcvtsi2sdq, vcvttss2sil, vcvttss2siq, vcvttsd2sil
  case vcvttsd2siq, vcvtss2sd, vcvtsd2ss, vcvtdq2ps, vcvtps2dq, vcvttps2dq, vcvtdq2pd, vcvtps2pd
  case vroundps, vroundpd, vroundss, vroundsd, vdpps, vtestps, vtestpd, vfmaddsub132ps
  case vfmaddsub132pd, vfmaddsub213ps, vfmaddsub213pd, vfmaddsub231ps, vfmaddsub231pd
  case vfmsubadd132ps, vfmsubadd132pd, vfmsubadd213ps, vfmsubadd213pd, vfmsubadd231ps
  case vfmsubadd231pd, vfmadd132ps, vfmadd132pd, vfmadd132ss, vfmadd132sd, vfmadd213ps
  case vfmadd213pd, vfmadd213ss, vfmadd213sd, vfmadd231ps, vfmadd231pd, vfmadd231ss, vfmadd231sd
  case vfmsub132ps, vfmsub132pd, vfmsub132ss, vfmsub132sd, vfmsub213ps, vfmsub213pd, vfmsub213ss
  case vfmsub213sd, vfmsub231ps, vfmsub231pd, vfmsub231ss, vfmsub231sd, vfnmadd132ps
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
  case vgf2p8affineqb, vgf2p8mulb, vphsubw, vphsubd, vphsubsw, vphaddsw, vhsubps, vhsubpd, vdppd
  case vphminposuw, vrcpss, vrsqrtss, vcvtss2sil, vcvtss2siq, vcvtsd2sil, vcvtsd2siq, vcvtpd2dqx
  case vcvtpd2dqy, vcvtpd2dq, vcvttpd2dqx, vcvttpd2dqy, vcvttpd2dq, vcvtpd2psx, vcvtpd2psy
  case vcvtpd2ps, vcvtph2ps, vcvtps2ph, vpcmpestrm, vpcmpistrm, vmaskmovdqu, vmovdqu8, vmovdqu16
  case vmovdqu32, vmovdqu64, vmovdqa32, vmovdqa64, vpternlogd, vpternlogq, vprold, vprolq, vprord
  case vprorq, vprolvd, vprolvq, vprorvd, vprorvq, vpsraq, vpsravq, vpermb, vpermw, vpermi2b
  case vpermi2w, vpermi2d, vpermi2q, vpermt2b, vpermt2w, vpermt2d, vpermt2q, vpopcntb, vpopcntw
  case vpopcntd, vpopcntq, vplzcntd, vplzcntq, vpmullq, vpmultishiftqb, vpcompressd, vpcompressq
  case vpexpandd, vpexpandq, vpcmpub, vpcmpuw, vpcmpud, vpcmpuq, vpcmpb, vpcmpw, vpcmpd, vpcmpq
  case vptestmb, vptestmd, vptestmq, vptestnmb, vpmovm2b, vpmovb2m, vextracti32x4, vextractf32x4
  case vextracti64x4, vextractf64x4, vextracti64x2, vinserti32x4, vinserti64x2, vinserti64x4
  case vshufi64x2, vshufi32x4, vbroadcasti32x4, vbroadcasti64x2, vbroadcasti64x4, valignq
  case valignd, vpblendmq, vpblendmd, vpblendmb, kmovb, kmovw, kmovd, kmovq, kandb, kandw, kandd
  case kandq, kandnb, kandnw, kandnd, kandnq, korb, korw, kord, korq, kxnorb, kxnorw, kxnord
  case kxnorq, kxorb, kxorw, kxord, kxorq, kaddb, kaddw, kaddd, kaddq, kunpckbw, kunpckwd
  case kunpckdq, knotb, knotw, knotd, knotq, kortestb, kortestw, kortestd, kortestq, ktestb
  case ktestw, ktestd, ktestq, kshiftrb, kshiftrw, kshiftrd, kshiftrq, kshiftlb, kshiftlw
  case kshiftld, kshiftlq, vpabsq, vpminsq, vpminuq, vpmaxsq, vpmaxuq, vpsrlvw, vpsravw, vpsllvw
  case vpblendmw, vblendmps, vblendmpd, vpermi2ps, vpermi2pd, vpermt2ps, vpermt2pd, vpmadd52luq
  case vpmadd52huq, vpdpbusd, vpdpbusds, vpdpwssd, vpdpwssds, vpconflictd, vpconflictq
  case vpcompressb, vpcompressw, vpexpandb, vpexpandw, vcompressps, vcompresspd, vexpandps
  case vexpandpd, vpshldw, vpshldvw, vpshldd, vpshldvd, vpshldq, vpshldvq, vpshrdw, vpshrdvw
  case vpshrdd, vpshrdvd, vpshrdq, vpshrdvq, vpshufbitqmb, vptestmw, vptestnmw, vptestnmd
  case vptestnmq, vpmovm2w, vpmovw2m, vpmovm2d, vpmovd2m, vpmovm2q, vpmovq2m, vpbroadcastmb2q
  case vpbroadcastmw2d, vpmovwb, vpmovswb, vpmovuswb, vpmovdb, vpmovsdb, vpmovusdb, vpmovqb
  case vpmovsqb, vpmovusqb, vpmovdw, vpmovsdw, vpmovusdw, vpmovqw, vpmovsqw, vpmovusqw, vpmovqd
  case vpmovsqd, vpmovusqd, vgetexpps, vgetexppd, vgetexpss, vgetexpsd, vscalefps, vscalefpd
  case vscalefss, vscalefsd, vrcp14ps, vrcp14pd, vrcp14ss, vrcp14sd, vrsqrt14ps, vrsqrt14pd
  case vrsqrt14ss, vrsqrt14sd, vrndscaleps, vrndscalepd, vrndscaless, vrndscalesd, vgetmantps
  case vgetmantpd, vgetmantss, vgetmantsd, vreduceps, vreducepd, vreducess, vreducesd, vrangeps
  case vrangepd, vrangess, vrangesd, vfixupimmps, vfixupimmpd, vfixupimmss, vfixupimmsd
  case vbroadcastf32x2, vbroadcasti32x2, vbroadcastf32x4, vbroadcastf64x2, vbroadcastf32x8
  case vbroadcastf64x4, vbroadcasti32x8, vinsertf32x4, vinsertf64x2, vinsertf32x8, vinsertf64x4
  case vinserti32x8, vextractf64x2, vextractf32x8, vextracti32x8, vshuff32x4, vshuff64x2
  case vcvtudq2ps, vcvtps2udq, vcvttps2udq, vcvtqq2pd, vcvtuqq2pd, vcvtpd2qq, vcvtpd2uqq
  case vcvttpd2qq, vcvttpd2uqq, vcvtudq2pd, vcvtps2qq, vcvtps2uqq, vcvttps2qq, vcvttps2uqq
  case vcvtpd2udqx, vcvtpd2udqy, vcvtpd2udq, vcvttpd2udqx, vcvttpd2udqy, vcvttpd2udq, vcvtqq2psx
  case vcvtqq2psy, vcvtqq2ps, vcvtuqq2psx, vcvtuqq2psy, vcvtuqq2ps, vcvtss2usil, vcvtss2usiq
  case vcvttss2usil, vcvttss2usiq, vcvtusi2ssl, vcvtusi2ssq, vcvtsd2usil, vcvtsd2usiq
  case vcvttsd2usil, vcvttsd2usiq, vcvtusi2sdl, vcvtusi2sdq, vdbpsadbw, vgf2p8affineinvqb
  case vgatherdps, vpgatherdd, vgatherdpd, vpgatherdq, vgatherqps, vpgatherqd, vgatherqpd
  case vpgatherqq, vscatterdps, vpscatterdd, vscatterdpd, vpscatterdq, vscatterqps, vpscatterqd
  case vscatterqpd, vpscatterqq
}
