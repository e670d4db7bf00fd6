using System.Runtime.CompilerServices;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>SHA-512's compression of one block in each lane (FIPS 180-4, §6.4.2).</summary>
internal static class Sha512Lanes<T> where T : unmanaged, ILanes<T>
{
    public const int StateWords = 8, BlockWords = 16;

    /// <summary>How many words a block needs to unfold.</summary>
    public const int ScheduleWords = 80;

    /// <summary>Words unfolded per step of the first loop, and rounds per step of the second: spans of these lengths need no check of an index.</summary>
    private const int Reach = 17, Rounds = 8;

    /// <summary>H(0): of the square roots of the first 8 primes, the first 64 bits after the point (§5.3.5).</summary>
    public static ReadOnlySpan<ulong> Initial =>
    [
        0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
        0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
    ];

    /// <summary>K: the same of the cube roots of the first 80 primes (§4.2.3).</summary>
    private static ReadOnlySpan<ulong> Constants =>
    [
        0x428a_2f98_d728_ae22, 0x7137_4491_23ef_65cd, 0xb5c0_fbcf_ec4d_3b2f, 0xe9b5_dba5_8189_dbbc,
        0x3956_c25b_f348_b538, 0x59f1_11f1_b605_d019, 0x923f_82a4_af19_4f9b, 0xab1c_5ed5_da6d_8118,
        0xd807_aa98_a303_0242, 0x1283_5b01_4570_6fbe, 0x2431_85be_4ee4_b28c, 0x550c_7dc3_d5ff_b4e2,
        0x72be_5d74_f27b_896f, 0x80de_b1fe_3b16_96b1, 0x9bdc_06a7_25c7_1235, 0xc19b_f174_cf69_2694,
        0xe49b_69c1_9ef1_4ad2, 0xefbe_4786_384f_25e3, 0x0fc1_9dc6_8b8c_d5b5, 0x240c_a1cc_77ac_9c65,
        0x2de9_2c6f_592b_0275, 0x4a74_84aa_6ea6_e483, 0x5cb0_a9dc_bd41_fbd4, 0x76f9_88da_8311_53b5,
        0x983e_5152_ee66_dfab, 0xa831_c66d_2db4_3210, 0xb003_27c8_98fb_213f, 0xbf59_7fc7_beef_0ee4,
        0xc6e0_0bf3_3da8_8fc2, 0xd5a7_9147_930a_a725, 0x06ca_6351_e003_826f, 0x1429_2967_0a0e_6e70,
        0x27b7_0a85_46d2_2ffc, 0x2e1b_2138_5c26_c926, 0x4d2c_6dfc_5ac4_2aed, 0x5338_0d13_9d95_b3df,
        0x650a_7354_8baf_63de, 0x766a_0abb_3c77_b2a8, 0x81c2_c92e_47ed_aee6, 0x9272_2c85_1482_353b,
        0xa2bf_e8a1_4cf1_0364, 0xa81a_664b_bc42_3001, 0xc24b_8b70_d0f8_9791, 0xc76c_51a3_0654_be30,
        0xd192_e819_d6ef_5218, 0xd699_0624_5565_a910, 0xf40e_3585_5771_202a, 0x106a_a070_32bb_d1b8,
        0x19a4_c116_b8d2_d0c8, 0x1e37_6c08_5141_ab53, 0x2748_774c_df8e_eb99, 0x34b0_bcb5_e19b_48a8,
        0x391c_0cb3_c5c9_5a63, 0x4ed8_aa4a_e341_8acb, 0x5b9c_ca4f_7763_e373, 0x682e_6ff3_d6b2_b8a3,
        0x748f_82ee_5def_b2fc, 0x78a5_636f_4317_2f60, 0x84c8_7814_a1f0_ab72, 0x8cc7_0208_1a64_39ec,
        0x90be_fffa_2363_1e28, 0xa450_6ceb_de82_bde9, 0xbef9_a3f7_b2c6_7915, 0xc671_78f2_e372_532b,
        0xca27_3ece_ea26_619c, 0xd186_b8c7_21c0_c207, 0xeada_7dd6_cde0_eb1e, 0xf57d_4f7f_ee6e_d178,
        0x06f0_67aa_7217_6fba, 0x0a63_7dc5_a2c8_98a6, 0x113f_9804_bef9_0dae, 0x1b71_0b35_131c_471b,
        0x28db_77f5_2304_7d84, 0x32ca_ab7b_40c7_2493, 0x3c9e_be0a_15c9_bebc, 0x431d_67c4_9c10_0d4c,
        0x4cc5_d4be_cb3e_42b6, 0x597f_299c_fc65_7e2a, 0x5fcb_6fab_3ad6_faec, 0x6c44_198c_4a47_5817,
    ];

    /// <param name="before">the state, which stays as it is</param>
    /// <param name="words">the block in its first 16 words, and room for 64 more; has the new state in its first 8 afterwards</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ReadOnlySpan<T> before, Span<T> words)
    {
        Unfold(words);
        var from = before[..StateWords];
        var (a, b, c, d, e, f, g, h) = (from[0], from[1], from[2], from[3], from[4], from[5], from[6], from[7]);
        for (var round = 0; round < ScheduleWords; round += Rounds)
        {
            var w = words.Slice(round, Rounds);
            var k = Constants.Slice(round, Rounds);
            Round(a, b, c, ref d, e, f, g, ref h, w[0] + T.All(k[0]));
            Round(h, a, b, ref c, d, e, f, ref g, w[1] + T.All(k[1]));
            Round(g, h, a, ref b, c, d, e, ref f, w[2] + T.All(k[2]));
            Round(f, g, h, ref a, b, c, d, ref e, w[3] + T.All(k[3]));
            Round(e, f, g, ref h, a, b, c, ref d, w[4] + T.All(k[4]));
            Round(d, e, f, ref g, h, a, b, ref c, w[5] + T.All(k[5]));
            Round(c, d, e, ref f, g, h, a, ref b, w[6] + T.All(k[6]));
            Round(b, c, d, ref e, f, g, h, ref a, w[7] + T.All(k[7]));
        }
        var after = words[..StateWords];
        (after[0], after[1], after[2], after[3]) = (from[0] + a, from[1] + b, from[2] + c, from[3] + d);
        (after[4], after[5], after[6], after[7]) = (from[4] + e, from[5] + f, from[6] + g, from[7] + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Unfold(Span<T> words)
    {
        for (var start = 0; start < ScheduleWords - BlockWords; start++)
        {
            var w = words.Slice(start, Reach);
            w[16] = w[0] + T.RotateAndShift(w[1], 1, 8, 7) + w[9] + T.RotateAndShift(w[14], 19, 61, 6);
        }
    }

    /// <summary>Instead of moving each word one on, the caller renames them. The sums are grouped so that the next round waits for as few as possible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(T a, T b, T c, ref T d, T e, T f, T g, ref T h, T word)
    {
        var known = h + word;
        var late = T.RotateAll(e, 14, 18, 41) + T.Choose(e, f, g);
        d = d + known + late;
        h = known + (T.RotateAll(a, 28, 34, 39) + T.Majority(a, b, c)) + late;
    }
}
