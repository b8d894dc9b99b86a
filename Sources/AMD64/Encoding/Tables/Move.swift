// Moves, exchanges, control transfer, string and system instructions, Intel SDM vol. 2. See
// EncodingText.swift for the notation of the rows.

extension EncodingText {
  /// MOV, its extending forms, and the moves between general and vector registers that share
  /// its name. An immediate takes the shortest row that holds it: callers that want the zero
  /// extension of a 32-bit immediate say `movl`.
  static let move: StaticString = """
    movb r/m8, r8 = 88 /r
    movb r8, r/m8 = 8A /r
    movb r8, imm8 = B0+r ib
    movb r/m8, imm8 = C6 /0 ib
    movw r/m16, r16 = 66 89 /r
    movw r16, r/m16 = 66 8B /r
    movw r16, imm16 = 66 B8+r iw
    movw r/m16, imm16 = 66 C7 /0 iw
    movl r/m32, r32 = 89 /r
    movl r32, r/m32 = 8B /r
    movl r32, imm32 = B8+r id
    movl r/m32, imm32 = C7 /0 id
    movq r/m64, r64 = REX.W 89 /r
    movq r64, r/m64 = REX.W 8B /r
    movq r/m64, simm32 = REX.W C7 /0 id
    movq r64, imm64 = REX.W B8+r iq
    movq xmm, xmm/m64 = F3 0F 7E /r
    movq m64, xmm = 66 0F D6 /r
    movq xmm, r/m64 = 66 REX.W 0F 6E /r
    movq r/m64, xmm = 66 REX.W 0F 7E /r
    movd xmm, r/m32 = 66 0F 6E /r
    movd r/m32, xmm = 66 0F 7E /r
    movabsq r64, imm64 = REX.W B8+r iq
    movzbw r16, r/m8 = 66 0F B6 /r
    movzbl r32, r/m8 = 0F B6 /r
    movzbq r64, r/m8 = REX.W 0F B6 /r
    movzwl r32, r/m16 = 0F B7 /r
    movzwq r64, r/m16 = REX.W 0F B7 /r
    movsbw r16, r/m8 = 66 0F BE /r
    movsbl r32, r/m8 = 0F BE /r
    movsbq r64, r/m8 = REX.W 0F BE /r
    movswl r32, r/m16 = 0F BF /r
    movswq r64, r/m16 = REX.W 0F BF /r
    movslq r64, r/m32 = REX.W 63 /r
    movntil m32, r32 = 0F C3 /r
    movntiq m64, r64 = REX.W 0F C3 /r
    leaw r16, m = 66 8D /r
    leal r32, m = 8D /r
    leaq r64, m = REX.W 8D /r
    """

  /// Exchanges and the atomic operations (LOCK is a prefix of its own: `lock`).
  static let exchange: StaticString = """
    xchgb r/m8, r8 = 86 /r
    xchgb r8, r/m8 = 86 /r
    xchgw ax, r16 = 66 90+r
    xchgw r16, ax = 66 90+r
    xchgw r/m16, r16 = 66 87 /r
    xchgw r16, r/m16 = 66 87 /r
    xchgl r/m32, r32 = 87 /r
    xchgl r32, r/m32 = 87 /r
    xchgq rax, r64 = REX.W 90+r
    xchgq r64, rax = REX.W 90+r
    xchgq r/m64, r64 = REX.W 87 /r
    xchgq r64, r/m64 = REX.W 87 /r
    xaddb r/m8, r8 = 0F C0 /r
    xadd* r/m*, r* = 0F C1 /r
    cmpxchgb r/m8, r8 = 0F B0 /r
    cmpxchg* r/m*, r* = 0F B1 /r
    cmpxchg8b m64 = 0F C7 /1
    cmpxchg16b m128 = REX.W 0F C7 /1
    """

  /// Stack and control transfer. Branches to labels are `CodeBuffer`'s business, not rows.
  static let control: StaticString = """
    pushq r64 = 50+r
    pushq simm8 = 6A ib
    pushq simm32 = 68 id
    pushq m64 = FF /6
    pushw r16 = 66 50+r
    pushw m16 = 66 FF /6
    popq r64 = 58+r
    popq m64 = 8F /0
    popw r16 = 66 58+r
    popw m16 = 66 8F /0
    pushfq = 9C
    popfq = 9D
    iretq = REX.W CF
    leave = C9
    call r/m64 = FF /2
    jmp r/m64 = FF /4
    ret = C3
    ret imm16 = C2 iw
    int3 = CC
    int imm8 = CD ib
    ud1 r32, r/m32 = 0F B9 /r
    ud2 = 0F 0B
    hlt = F4
    nop = 90
    """

  /// Flags, string operations and their prefixes, system instructions, fences, prefetch.
  static let system: StaticString = """
    cld = FC
    std = FD
    clc = F8
    stc = F9
    cmc = F5
    cli = FA
    sti = FB
    lahf = 9F
    sahf = 9E
    lock = F0
    rep = F3
    repne = F2
    movsb = A4
    movsw = 66 A5
    movsl = A5
    movsq = REX.W A5
    stosb = AA
    stosw = 66 AB
    stosl = AB
    stosq = REX.W AB
    lodsb = AC
    lodsw = 66 AD
    lodsl = AD
    lodsq = REX.W AD
    scasb = AE
    scasw = 66 AF
    scasl = AF
    scasq = REX.W AF
    cmpsb = A6
    cmpsw = 66 A7
    cmpsl = A7
    cmpsq = REX.W A7
    xlatb = D7
    cpuid = 0F A2
    xgetbv = 0F 01 D0
    xsetbv = 0F 01 D1
    rdtsc = 0F 31
    rdtscp = 0F 01 F9
    rdpmc = 0F 33
    rdrandl r32 = 0F C7 /6
    rdrandq r64 = REX.W 0F C7 /6
    rdseedl r32 = 0F C7 /7
    rdseedq r64 = REX.W 0F C7 /7
    syscall = 0F 05
    pause = F3 90
    endbr64 = F3 0F 1E FA
    lfence = 0F AE E8
    mfence = 0F AE F0
    sfence = 0F AE F8
    """
  static let system2: StaticString = """
    prefetchnta m8 = 0F 18 /0
    prefetcht0 m8 = 0F 18 /1
    prefetcht1 m8 = 0F 18 /2
    prefetcht2 m8 = 0F 18 /3
    prefetchw m8 = 0F 0D /1
    clflush m8 = 0F AE /7
    clflushopt m8 = 66 0F AE /7
    rdfsbasel r32 = F3 0F AE /0
    rdfsbaseq r64 = F3 REX.W 0F AE /0
    rdgsbasel r32 = F3 0F AE /1
    rdgsbaseq r64 = F3 REX.W 0F AE /1
    wrfsbasel r32 = F3 0F AE /2
    wrfsbaseq r64 = F3 REX.W 0F AE /2
    wrgsbasel r32 = F3 0F AE /3
    wrgsbaseq r64 = F3 REX.W 0F AE /3
    ldmxcsr m32 = 0F AE /2
    stmxcsr m32 = 0F AE /3
    fxsave m = 0F AE /0
    fxrstor m = 0F AE /1
    fxsave64 m = REX.W 0F AE /0
    fxrstor64 m = REX.W 0F AE /1
    xsave64 m = REX.W 0F AE /4
    xrstor64 m = REX.W 0F AE /5
    xsaveopt m = 0F AE /6
    clwb m8 = 66 0F AE /6
    xsave m = 0F AE /4
    xrstor m = 0F AE /5
    nopw r/m16 = 66 0F 1F /0
    nopl r/m32 = 0F 1F /0
    crc32b r32, r/m8 = F2 0F 38 F0 /r
    crc32w r32, r/m16 = 66 F2 0F 38 F1 /r
    crc32l r32, r/m32 = F2 0F 38 F1 /r
    crc32q r64, r/m64 = F2 REX.W 0F 38 F1 /r
    """
}
