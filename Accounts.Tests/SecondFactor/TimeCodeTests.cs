using System.Text;
using Accounts.Core.SecondFactor;
using Accounts.Core.SecondFactor.Totp;
using OtpNet;
using Xunit;

namespace Accounts.Tests.SecondFactor;

/// <summary>Codes of authenticator apps, against the RFC's vectors and another implementation.</summary>
public sealed class TimeCodeTests
{
    private static readonly byte[] Seed = Encoding.ASCII.GetBytes("12345678901234567890");

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_111_111_111);

    /// <summary>RFC 6238, appendix B: of eight digits the last six.</summary>
    [Theory]
    [InlineData(59, "287082"), InlineData(1_111_111_109, "081804"), InlineData(1_111_111_111, "050471")]
    [InlineData(1_234_567_890, "005924"), InlineData(2_000_000_000, "279037"), InlineData(20_000_000_000, "353130")]
    public void MF_02_The_vectors_of_the_RFC_hold(long seconds, string code) =>
        Assert.Equal(code, TimeCode.Of(Seed, TimeCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void MF_02_Codes_are_those_of_another_implementation()
    {
        for (var i = 0; i < 500; i++)
        {
            var (seed, at) = (KeyGeneration.GenerateRandomKey(TimeCode.SeedLength), DateTimeOffset.FromUnixTimeSeconds(Random.Shared.NextInt64(0, 4_000_000_000)));
            Assert.Equal(new Totp(seed).ComputeTotp(at.UtcDateTime), TimeCode.Of(seed, TimeCode.StepAt(at)));
            Assert.Equal(Base32Encoding.ToString(seed).TrimEnd('='), Base32.Encode(seed));
        }
    }

    [Theory]
    [InlineData(-2, false), InlineData(-1, true), InlineData(0, true), InlineData(1, true), InlineData(2, false)]
    public void MF_02_A_code_is_good_one_step_before_and_after_its_own(int beside, bool good)
    {
        var step = TimeCode.StepAt(Now) + beside;
        Assert.Equal(good ? step : null, TimeCode.StepOf(Seed, TimeCode.Of(Seed, step), Now, lastStep: null));
    }

    [Theory]
    [InlineData(-1, false), InlineData(0, false), InlineData(1, true)]
    public void MF_02_Neither_a_code_that_was_used_nor_an_earlier_one_is_good_any_more(int beside, bool good)
    {
        var (now, step) = (TimeCode.StepAt(Now), TimeCode.StepAt(Now) + beside);
        Assert.Equal(good ? step : null, TimeCode.StepOf(Seed, TimeCode.Of(Seed, step), Now, lastStep: now));
    }

    [Fact]
    public void What_an_app_reads_says_whose_it_is_and_how_codes_are_made() => Assert.Equal(
        "otpauth://totp/app.example.com:ann%2Bx%40example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=app.example.com&algorithm=SHA1&digits=6&period=30",
        TimeCode.Url("app.example.com", "ann+x@example.test", Base32.Encode(Seed)));
}
