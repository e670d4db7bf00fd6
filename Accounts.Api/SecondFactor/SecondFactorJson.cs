using System.Text.Json.Serialization;

namespace Accounts.Api.SecondFactor;

[JsonSerializable(typeof(FactorsResponse)), JsonSerializable(typeof(TotpOfferResponse)), JsonSerializable(typeof(RecoveryCodesResponse))]
internal sealed partial class SecondFactorJson : JsonSerializerContext;
