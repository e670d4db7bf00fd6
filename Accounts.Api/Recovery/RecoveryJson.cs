using System.Text.Json.Serialization;

namespace Accounts.Api.Recovery;

[JsonSerializable(typeof(ReviewResponse)), JsonSerializable(typeof(RecoveredResponse))]
internal sealed partial class RecoveryJson : JsonSerializerContext;
